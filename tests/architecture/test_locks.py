"""The lock files say what pyproject.toml asks for, and nothing about where it comes from."""

import re
import tomllib
from importlib.metadata import version
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text())
PROJECT = CONFIG["project"]
EXTRAS = PROJECT["optional-dependencies"]
LOCAL = EXTRAS["local"]
ASKED = {
    "build": CONFIG["dependency-groups"]["build"],
    "runtime": PROJECT["dependencies"],
    "local": [*PROJECT["dependencies"], *LOCAL],
    "dev": [
        *PROJECT["dependencies"],
        *chain(*EXTRAS.values()),
        *CONFIG["dependency-groups"]["dev"],
    ],
}
PIN = re.compile(r"^(?P<name>[\w.-]+)(?:\[[\w, -]+\])?==(?P<version>[^\s;]+)", re.MULTILINE)


def text_of(name: str) -> str:
    return (ROOT / f"requirements/{name}.txt").read_text()


def locked(name: str) -> dict[str, set[str]]:
    """A package has two versions where the newer one needs a newer Python."""
    versions: dict[str, set[str]] = {}
    for pin in PIN.finditer(text_of(name)):
        versions.setdefault(canonicalize_name(pin["name"]), set()).add(pin["version"])
    return versions


@pytest.mark.parametrize("name", ASKED)
def test_a_lock_file_holds_a_fitting_version_of_everything_asked_for(name: str):
    pins = locked(name)
    wanted = {line: Requirement(line) for line in ASKED[name]}

    unfit = [
        line
        for line, asked in wanted.items()
        if not any(map(asked.specifier.contains, pins.get(canonicalize_name(asked.name), ())))
    ]

    assert unfit == [], "run 'make lock'"


@pytest.mark.parametrize("name", ["build", "runtime", "local"])
def test_all_lock_files_agree_with_the_largest(name: str):
    largest = locked("dev")
    pins = locked(name)

    assert {package: pin for package, pin in pins.items() if largest.get(package, pin) != pin} == {}


@pytest.mark.parametrize("name", ASKED)
def test_a_lock_file_has_a_hash_for_every_pin_and_names_no_place(name: str):
    entries = re.split(r"^(?=\w)", text_of(name), flags=re.MULTILINE)[1:]

    assert len(entries) == len(PIN.findall(text_of(name)))
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in text_of(name)
    assert not re.search(r"^-", text_of(name), flags=re.MULTILINE)


def test_the_installed_version_is_the_one_in_pyproject():
    assert version("deftly") == PROJECT["version"]
