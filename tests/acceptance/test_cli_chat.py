"""The agent in the terminal: ``deftly chat`` and ``deftly demo``."""

import re
import signal
import subprocess

import pytest

from deftly.agent.models.providers import is_local_model_installed
from tests.acceptance.speaker import Step, speaking_server
from tests.acceptance.terminal import DEFTLY, LIMIT_S, deftly, environment, on_terminal

needs_local_model = pytest.mark.skipif(
    not is_local_model_installed(), reason="the local model exists for Linux x86_64 alone"
)
pytestmark = pytest.mark.slow


@needs_local_model
def test_the_demo_answers_a_question_and_shows_how():
    asked = deftly("demo", "--once", "Where is my order A-1042?")

    lines = asked.out.splitlines()
    assert asked.code == 0
    assert lines[0] == "you     Where is my order A-1042?"
    assert lines[1] == 'call    get_order_status(order_id="A-1042")'
    assert lines[2].startswith('result  200 {"order_id":"A-1042","status":"shipped"')
    assert lines[3].startswith("card    Order A-1042 · ")
    assert lines[4].startswith("deftly  ")
    assert "shipped" in lines[4]


@needs_local_model
@pytest.mark.parametrize(
    ("answer", "code", "shown"),
    [
        (["--yes"], 0, "result  201"),
        (["--no"], 0, "failed  The person declined this call; nothing was sent."),
        ([], 1, "Nothing was sent: a person has to confirm it"),
    ],
)
def test_the_demo_sends_nothing_before_a_yes(answer, code, shown):
    asked = deftly("demo", "--once", "I want to return order A-1038", *answer)

    everything = asked.out + asked.err
    assert asked.code == code
    assert "Confirm CREATE_RETURN" in everything
    assert re.search(r"POST 127\.0\.0\.1:\d+", everything)
    assert shown in everything
    assert ("R-501" in everything) == (answer == ["--yes"])


@needs_local_model
def test_a_person_is_asked_on_a_terminal(shop, folder):
    with on_terminal("chat", "I want to return order A-1038", folder=folder) as screen:
        screen.wait_for("Send it? [y/N]")
        assert shop.shop.writes == 0
        screen.type("y\n")
        assert screen.end() == 0

    assert shop.shop.writes == 1
    assert "R-501" in screen.screen


@needs_local_model
def test_a_conversation_goes_on_until_its_end(shop, folder):
    with on_terminal("chat", folder=folder) as screen:
        screen.wait_for("you     ")
        screen.type("hello\n")
        screen.wait_for("Hello!")
        screen.wait_for("you     ")
        screen.type("Where is my order A-1042?\n")
        screen.wait_for("JD014600003")
        screen.wait_for("you     ")
        screen.type("\x04")
        assert screen.end() == 0


@needs_local_model
def test_lines_from_a_pipe_are_answered_one_after_the_other(shop, folder):
    talked = deftly("chat", folder=folder, typed="hello\n\nWhere is my order A-1042?\n")

    assert talked.code == 0
    assert re.findall(r"^(\w+)", talked.out, re.MULTILINE) == [
        "you", "deftly", "you", "call", "result", "card", "deftly",
    ]  # fmt: skip


def test_any_server_that_speaks_like_openai_will_do(shop, folder):
    steps: list[Step] = [
        ("get_order_status", {"order_id": "A-1042"}),
        "It is on its way.\nTwo days.",
    ]

    with speaking_server(steps) as server:
        env = {"DEFTLY_MODEL": "openai:any", "DEFTLY_MODEL_BASE_URL": server.url}
        talked = deftly("chat", "Where is my order A-1042?", folder=folder, env=env)

    assert talked.code == 0
    assert "call    get_order_status" in talked.out
    assert "deftly  It is on its way.\n        Two days.\n" in talked.out
    assert "JD014600003" in server.requests[1]


def test_what_a_model_says_cannot_redraw_the_terminal(shop, folder):
    with speaking_server(["fine\x1b[2J\u202eevil"]) as server:
        env = {"DEFTLY_MODEL": "openai:any", "DEFTLY_MODEL_BASE_URL": server.url}
        talked = deftly("chat", "hello", folder=folder, env=env)

    assert "\x1b" not in talked.out
    assert "\u202e" not in talked.out
    assert "fine⟨U+001B⟩[2J⟨U+202E⟩evil" in talked.out


@pytest.mark.parametrize(
    ("env", "told"),
    [
        ({"DEFTLY_MODEL": "none"}, "No model is configured."),
        ({"DEFTLY_MODEL": "openai:x"}, "needs a key"),
        (
            {"DEFTLY_MODEL": "openai:x", "DEFTLY_MODEL_BASE_URL": "http://127.0.0.1:9"},
            "cannot be reached",
        ),
    ],
)
def test_a_model_that_is_not_there_is_a_sentence(folder, env, told):
    talked = deftly("chat", "hello", folder=folder, env=env)

    assert talked.code == 1
    assert told in talked.err


def test_the_demo_serves_until_it_is_interrupted(folder):
    command = [DEFTLY, "demo", "--port", "0", "--dir", str(folder / "demo")]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment()
    )
    assert process.stdout
    shown: list[str] = []
    while not (shown and shown[-1].startswith("listening on ")):
        shown.append(process.stdout.readline())
        assert shown[-1], process.communicate()[1]

    called = deftly("call", "get_order_status", "order_id=A-1042", folder=folder / "demo")
    process.send_signal(signal.SIGINT)
    _, complaints = process.communicate(timeout=LIMIT_S)

    assert called.code == 0
    assert re.fullmatch(r"listening on http://127\.0\.0\.1:\d+\n", shown[-1])
    assert any("deftly chat" in line for line in shown)
    assert re.search(r"http://127\.0\.0\.1:\d+/login#", complaints)
    assert "Traceback" not in complaints
    assert process.returncode in {0, 130}
