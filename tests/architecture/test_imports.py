"""The import contracts hold, and would notice if they did not."""

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text())
CONTRACTS = [row["name"] for row in CONFIG["tool"]["importlinter"]["contracts"]]
BANNED = sorted(CONFIG["tool"]["ruff"]["lint"]["flake8-tidy-imports"]["banned-api"])
STRAY_IMPORTS = """
import aiohttp
import openai
import sqlite3
import subprocess
import uvicorn
from deftly.errors import NotFound
"""


def run(*command: str, folder: Path, text: str = "") -> subprocess.CompletedProcess[str]:
    tool = Path(sys.executable).with_name(command[0])
    environment = os.environ | {"PYTHONPATH": str(folder / "src"), "COLUMNS": "200"}
    return subprocess.run(
        [tool, *command[1:]],
        cwd=folder,
        env=environment,
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )


def contracts_in(folder: Path) -> subprocess.CompletedProcess[str]:
    return run("lint-imports", "--no-logo", "--no-cache", folder=folder)


@pytest.fixture
def copied_tree(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_every_contract_is_kept():
    answer = contracts_in(ROOT)

    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert [name for name in CONTRACTS if f"{name} KEPT" not in answer.stdout] == []


def test_stray_imports_break_every_contract(copied_tree: Path):
    with (copied_tree / "src/deftly/values.py").open("a") as lowest_module:
        lowest_module.write(STRAY_IMPORTS)

    answer = contracts_in(copied_tree)

    assert answer.returncode == 1, answer.stdout + answer.stderr
    assert [name for name in CONTRACTS if f"{name} BROKEN" not in answer.stdout] == []


def test_a_module_outside_the_layers_is_noticed(copied_tree: Path):
    (copied_tree / "src/deftly/elsewhere.py").touch()

    assert contracts_in(copied_tree).returncode == 1


def refused_by_ruff(path: str) -> set[str]:
    lines = [f"import {name.split('.')[0]}\nprint({name})\n" for name in BANNED]
    options = ("--select", "TID251", "--output-format", "json", "--stdin-filename", path, "-")
    answer = run("ruff", "check", "--quiet", *options, folder=ROOT, text="".join(lines))
    return {row["message"].split("`")[1] for row in json.loads(answer.stdout)}


@pytest.mark.parametrize("folder", ["agent", "catalog", "cli", "domain", "engine", "rest"])
def test_banned_functions_are_refused_in_every_other_folder(folder: str):
    assert refused_by_ruff(f"src/deftly/{folder}/stray.py") == set(BANNED)


@pytest.mark.parametrize(
    "path", ["egress/client.py", "sandbox/process.py", "store/database.py", "settings.py"]
)
def test_banned_functions_are_allowed_where_they_belong(path: str):
    assert refused_by_ruff(f"src/deftly/{path}") == set()
