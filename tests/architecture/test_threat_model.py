"""The threat model names files and tests that are there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs/threat-model.md").read_text().splitlines()
    if line.count("|") == 5 and "`" in line
]
NAMED = re.compile(r"`([^`]+)`")
FILES = sorted({name for row in ROWS for name in NAMED.findall(row[2])})
TESTS = sorted({name for row in ROWS for name in NAMED.findall(row[3])})


def test_every_threat_has_an_answer_a_file_and_a_test():
    assert len(ROWS) > 30
    assert [row for row in ROWS if not all(row) or not NAMED.search(row[3])] == []


@pytest.mark.parametrize("name", FILES)
def test_every_file_is_there(name):
    assert any((folder / name).exists() for folder in (ROOT / "src/deftly", ROOT))


@pytest.mark.parametrize("name", TESTS)
def test_every_test_is_there(name):
    file, _, function = name.partition("::")
    tree = ast.parse((ROOT / file).read_text())
    defined = {
        node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert function in defined if function else any(one.startswith("test_") for one in defined)
