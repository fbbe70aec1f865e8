"""Code and commands on the command line: what is shown of them, and what they wrote."""

import json

import pytest

from tests.acceptance.terminal import deftly

ON = {"DEFTLY_SHELL": "true"}
COMMAND = "echo out {{text}}; echo hm >&2; exit 3"
CODE = "console.log('begun');\nreturn params.text.length;"
FILES = {
    "fail": {"type": "shell", "command": COMMAND},
    "pass": {"type": "shell", "command": "true"},
    "count": {"type": "code", "code": CODE},
    "broken": {"type": "shell", "command": "echo '{{text}}'"},
}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "actions").mkdir()
    for name, handler in FILES.items():
        parameters = [{"name": "text", "required": True}] if "{{" in str(handler) else []
        definition = {"name": name, "description": "One.", "parameters": parameters}
        path = tmp_path / "actions" / f"{name}.yaml"
        path.write_text(json.dumps({**definition, "handler": handler}))
    return tmp_path


@pytest.mark.parametrize(("tool", "program"), [("fail", COMMAND), ("count", CODE)])
def test_an_action_is_shown_with_its_program(folder, tool, program):
    shown = deftly("actions", "show", tool, folder=folder)

    assert shown.code == 0
    assert all(line in shown.out for line in program.splitlines())


def test_what_keeps_several_actions_from_running_is_told_once(folder):
    findings = json.loads(deftly("doctor", "--json", folder=folder).out)["findings"]

    told = [one["message"] for one in findings if "Shell actions are off" in one["message"]]
    assert len(told) == 2  # of the actions, and of the sandbox
    assert told[0].startswith("fail, pass: Shell actions are off; ")


def test_what_a_command_wrote_goes_where_it_wrote_it_and_its_exit_code_is_a_failure(folder):
    called = deftly("call", "fail", "text=yes", "--yes", folder=folder, env=ON)
    tested = deftly("actions", "test", "fail", "text=yes", folder=folder, env=ON)

    assert (called.code, called.out) == (1, "out yes\n")
    assert "Exit code 3" in called.err
    assert "hm\n" in called.err
    assert tested.code == 1
    assert f"{COMMAND}\ntext=yes\n\nout yes\n" in tested.out
    assert "deftly: hm" not in tested.err


def test_a_call_of_a_file_that_cannot_be_used_names_the_file(folder):
    refused = deftly("call", "broken", "text=x", folder=folder)

    assert refused.code == 1
    assert "There is no action broken: broken.yaml cannot be used" in refused.err


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("fail text=yes", ["Runs this command, with a value for each {{…}}.", COMMAND, "yes"]),
        ("count", ["Runs JavaScript of 2 lines. It may send requests."]),
    ],
)
def test_the_question_shows_what_would_be_run(folder, words, shown):
    asked = deftly("call", *words.split(), "--no", folder=folder, env=ON)

    assert asked.code != 0
    assert all(one in asked.err for one in shown)


def test_a_definition_whose_code_does_not_compile_is_not_added(folder, tmp_path):
    given = {"name": "wrong", "description": "One.", "handler": {"type": "code", "code": "a;\nb c"}}
    (tmp_path / "wrong.json").write_text(json.dumps(given))

    added = deftly("actions", "add", str(tmp_path / "wrong.json"), folder=folder)

    assert added.code == 1
    assert "line 2, column 3: SyntaxError: Unexpected identifier 'c'" in added.err
    assert not (folder / "actions/wrong.yaml").exists()


def test_broken_code_of_a_file_can_be_switched_off(folder):
    wrong = {"name": "wrong", "description": "One.", "handler": {"type": "code", "code": "b c"}}
    (folder / "actions/wrong.yaml").write_text(json.dumps(wrong))

    called = deftly("call", "wrong", "--yes", folder=folder)
    off = deftly("actions", "disable", "wrong", folder=folder)

    assert "SyntaxError: Unexpected identifier 'c' (line 1)" in called.err
    assert off.code == 0, off.err
