"""Files stay about one thing, and names say what a thing is."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINES_MAX = 300
LONG_WITH_A_REASON = {
    "tests/security/test_egress_hostile_servers.py": "one table of servers, one world for all",
    "tests/unit/egress/test_client.py": "one client, seen from every side in one world",
    "tests/unit/egress/test_url.py": "tables of spellings that are read side by side",
    "tests/unit/store/test_yaml_edit.py": "golden texts that are read side by side",
    "src/deftly/sandbox/shell/launcher.py": "a program of its own, which cannot import another",
}
EMPTY_NAMES = re.compile(r"(?i)(manager|helper|utils?|service)s?$")
MACHINE_PATH = re.compile(r"(?<![\w./:])/(?:home|root|Users|work)/\w")
LEFTOVERS = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b|(?i:\bissue #?[0-9])")
THIS_FILE = Path(__file__).relative_to(ROOT).as_posix()


def files(*folders: str, suffixes: tuple[str, ...]) -> Iterator[str]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            name = path.relative_to(ROOT).as_posix()
            if path.suffix in suffixes and not name.startswith("tests/fixtures/"):
                yield name


CODE = [*files("src", "tests", "bench", suffixes=(".py",))]
TEXTS = [
    *CODE,
    *files("src", "docs", suffixes=(".md", ".sql", ".yaml", ".json", ".html")),
    *(path.name for path in ROOT.glob("*.md")),
    *(path.relative_to(ROOT).as_posix() for path in (ROOT / "scripts").iterdir()),
    "Makefile",
    "pyproject.toml",
]


def test_exactly_the_files_with_a_reason_are_long():
    long = {name for name in CODE if len((ROOT / name).read_text().splitlines()) > LINES_MAX}

    assert long == LONG_WITH_A_REASON.keys(), "split the file, or list it with the reason"


@pytest.mark.parametrize("name", CODE)
def test_names_say_what_a_thing_is(name: str):
    tree = ast.parse((ROOT / name).read_text())
    classes = [node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    folders = Path(name).with_suffix("").parts

    assert [word for word in (*classes, *folders) if EMPTY_NAMES.search(word)] == []


@pytest.mark.parametrize("name", sorted(set(TEXTS) - {THIS_FILE}))
def test_texts_hold_no_leftovers_and_no_paths_of_one_machine(name: str):
    text = (ROOT / name).read_text()

    assert [found.group() for found in LEFTOVERS.finditer(text)] == []
    assert [found.group() for found in MACHINE_PATH.finditer(text)] == []
