"""The trail in the documentation is the one the code takes."""

import ast
import re
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| `([\w/]+\.py)` \| `([\w.]+)` \|[^|]+\| (?:`([\w.]+)`)? ?\|$", re.MULTILINE)
STEPS = ROW.findall((ROOT / "docs/trail.md").read_text())


def function(file: str, name: str) -> ast.AST:
    tree: ast.AST = ast.parse((ROOT / "src/deftly" / file).read_text())
    for part in name.split("."):
        tree = next(
            node
            for node in ast.iter_child_nodes(tree)
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            and node.name == part
        )
    return tree


def called_in(node: ast.AST) -> set[str]:
    targets = [call.func for call in ast.walk(node) if isinstance(call, ast.Call)]
    return {target.attr for target in targets if isinstance(target, ast.Attribute)} | {
        target.id for target in targets if isinstance(target, ast.Name)
    }


def test_the_trail_has_its_steps():
    assert len(STEPS) == 39
    assert len({file for file, _, _ in STEPS[:10]}) == 7


@pytest.mark.parametrize(("file", "name", "following"), STEPS, ids=str)
def test_each_step_is_there_and_calls_the_next(file: str, name: str, following: str):
    step = function(file, name)

    assert not following or following.rpartition(".")[2] in called_in(step)


def test_the_steps_of_a_call_follow_each_other():
    assert [(one[2], other[1]) for one, other in pairwise(STEPS[:9]) if one[2] != other[1]] == []
