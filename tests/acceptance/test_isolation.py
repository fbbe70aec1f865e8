"""What isolates code and commands on this machine, and on one whose kernel allows less."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.acceptance.terminal import DEFTLY, environment

pytestmark = pytest.mark.slow
HARDENED = [sys.executable, str(Path(__file__).with_name("hardened.py"))]
ACTIONS = {
    "add_one": "{type: code, code: 'return params.a + 1'}",
    "say": "{type: shell, command: 'echo {{a}}'}",
}


@pytest.fixture
def actions(folder):
    (folder / "actions").mkdir(exist_ok=True)
    for tool, handler in ACTIONS.items():
        parameters = "[{name: a, type: number, required: true}]"
        text = f"name: {tool}\ndescription: {tool}.\nhandler: {handler}\nparameters: {parameters}\n"
        (folder / "actions" / f"{tool}.yaml").write_text(text)
    return folder


def run(folder, *words, before=()):
    return subprocess.run(
        [*before, DEFTLY, *words, "--json", "--dir", str(folder)],
        env=environment({"DEFTLY_SHELL": "true"}),
        capture_output=True,
        text=True,
        check=False,
        timeout=50,
    )


def told_of(folder, before=()):
    findings = json.loads(run(folder, "doctor", before=before).stdout)["findings"]
    return {one["check"]: one for one in findings if one["check"] in {"code", "shell"}}


def test_the_doctor_says_what_isolates_code_and_commands(actions):
    told = told_of(actions)

    assert {one["verdict"] for one in told.values()} == {"ok"}
    assert all("bubblewrap" in one["message"] for one in told.values())


def test_without_user_namespaces_code_runs_in_deno_alone_and_says_what_is_missing(actions):
    told = told_of(actions, HARDENED)["code"]
    tried = run(actions, "actions", "test", "add_one", "a=2", before=HARDENED)

    assert "Deno alone" in told["message"]
    assert "sysctl user.max_user_namespaces=" in told["message"]
    assert json.loads(tried.stdout)["output"] == "3"


def test_without_user_namespaces_no_command_runs_and_the_reason_says_what_to_do(actions):
    told = told_of(actions, HARDENED)["shell"]
    tried = json.loads(run(actions, "actions", "test", "say", "a=2", before=HARDENED).stdout)

    assert told["verdict"] == "note"
    assert (tried["ok"], tried["code"]) == (False, "handler_unavailable")
    assert tried["error"] == told["message"]
    assert "sysctl user.max_user_namespaces=" in told["message"]
