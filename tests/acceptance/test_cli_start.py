import subprocess
import sys
import time

import pytest

from tests.acceptance.terminal import DEFTLY, deftly, environment

COMMANDS = [
    ["serve"], ["demo"], ["chat"], ["call"], ["login-link"], ["settings"], ["doctor"],
    ["actions", "list"], ["actions", "show"], ["actions", "add"], ["actions", "export"],
    ["actions", "test"], ["actions", "enable"], ["actions", "disable"], ["actions", "delete"],
    ["actions", "history"], ["actions", "restore"],
    ["secrets", "set"], ["secrets", "list"], ["secrets", "delete"],
    ["keys", "create"], ["keys", "list"], ["keys", "revoke"],
]  # fmt: skip
pytestmark = pytest.mark.usefixtures("started_from_scratch")
NOT_YET = ("postgres", "webhook", "mcp", "dashboard", "embed")


@pytest.mark.speed
def test_help_is_there_at_once():
    def seconds() -> float:
        started = time.perf_counter()
        subprocess.run([DEFTLY, "--help"], capture_output=True, check=True, env=environment())
        return time.perf_counter() - started

    assert min(seconds() for _ in range(5)) < 0.4


def test_help_needs_no_heavy_library():
    heavy = "{'pydantic', 'rich', 'pydantic_ai', 'uvicorn', 'aiohttp', 'fastapi', 'asyncio'}"
    code = f"import sys, deftly.cli.root; print({heavy} & set(sys.modules))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "set()"


def test_help_names_every_group_and_nothing_that_is_not_there():
    shown = deftly("--help").out

    for first in {words[0] for words in COMMANDS}:
        assert first in shown
    for absent in NOT_YET:
        assert absent not in shown.lower()


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(words):
    shown = deftly(*words, "--help")

    assert shown.code == 0
    assert shown.out.startswith(f"Usage: deftly {' '.join(words)}")
    assert len(shown.out.splitlines()) > 5


def test_the_version_is_the_packages_own():
    from importlib.metadata import version

    assert deftly("--version").out == f"deftly {version('deftly')}\n"


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["cal"], "Did you mean 'call'?"),
        (["actions", "lst"], "Did you mean 'list'?"),
        (["call"], "See 'deftly call --help'."),
        (["actions", "list", "--jsn"], "--json"),
        (["serve", "--port", "abc"], "--port"),
        (["demo", "surplus"], "unexpected extra argument"),
    ],
)
def test_wrong_usage_is_a_sentence_with_a_way_out_and_code_2(words, offered):
    ended = deftly(*words)

    assert ended.code == 2
    assert ended.err.startswith("deftly: ")
    assert offered in ended.err
    assert ended.out == ""


@pytest.mark.parametrize(
    ("env", "told"),
    [
        ({"DEFTLY_PROT": "1"}, "Did you mean DEFTLY_PORT?"),
        ({"DEFTLY_PORT": "many"}, "must be a whole number"),
        ({"DEFTLY_EGRESS_ALLOW": '["0.0.0.0/0"]'}, "egress_allow"),
    ],
)
def test_a_wrong_setting_is_named_by_every_command(folder, env, told):
    ended = deftly("actions", "list", folder=folder, env=env)

    assert ended.code == 1
    assert told in ended.err


def test_a_folder_that_is_none_is_a_sentence(tmp_path):
    file = tmp_path / "file"
    file.touch()

    ended = deftly("actions", "list", folder=file)

    assert ended.code == 1
    assert str(file) in ended.err


def test_an_unforeseen_error_is_one_line_unless_its_origin_is_asked_for(folder):
    (folder / "deftly.db").mkdir()

    ended = deftly("actions", "list", folder=folder)

    assert ended.code == 1
    assert len(ended.err.splitlines()) == 1


def test_a_reader_that_leaves_early_is_no_error_to_talk_about(folder):
    process = subprocess.Popen(
        [DEFTLY, "settings", "--json", "--dir", str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdout
    process.stdout.close()
    _, complaints = process.communicate(timeout=30)

    assert complaints == b""
    assert process.returncode == 1
