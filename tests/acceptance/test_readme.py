"""Every command in the README is run, and what it is said to print is what it prints.

``console`` blocks hold commands after ``$ `` and their output, in which ``…`` stands for
anything. ``sh`` blocks hold commands alone. A ``yaml`` block is the file its first line
names. All of them share one shell beside a running demo; only what cannot be the same
everywhere is replaced: ports, and the way to the command.
"""

import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from deftly.agent.models.providers import is_local_model_installed
from deftly.demo.directory import shop_port_of
from tests.acceptance.terminal import DEFTLY, environment

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MARK = "-- the command is over --"
SERVES = re.compile(r"^(make demo|deftly serve\b.*)$")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.skipif(
        not is_local_model_installed(), reason="the transcripts are the local model's"
    ),
    pytest.mark.skipif(shutil.which("curl") is None, reason="the API is shown with curl"),
]


@dataclass
class Shell:
    """A shell that keeps its variables, in a folder beside a running demo."""

    process: "subprocess.Popen[str]"
    folder: Path
    port: str
    shop_port: str
    last_json: str = ""

    def run(self, command: str) -> tuple[int, str]:
        """Run a command and return its exit code and everything it printed."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{command}\nprintf '\\n{MARK} %s\\n' $?\n")
        self.process.stdin.flush()
        printed = ""
        while not (over := re.search(rf"\n{MARK} (\d+)\n$", printed)):
            line = self.process.stdout.readline()
            assert line, f"the shell ended: {printed}"
            printed += line
        return int(over[1]), self.as_written(printed[: over.start()])

    def as_run(self, written: str) -> str:
        """Return the command for this place: another port, the command as it is installed."""
        here = written.replace(":8484", f":{self.port}").replace(":8485", f":{self.shop_port}")
        made = re.fullmatch(r"""make demo ARGS="(.*)\"""", here)
        here = f"{DEFTLY} demo {made[1]}" if made else here
        if here.startswith("ID=… "):
            held = json.loads(self.last_json)["confirmation"]
            return f"ID={held['id']} TOKEN={held['token']}"
        return re.sub(r"(^|[ (|])(\.venv/bin/)?deftly(?= )", rf"\1{shlex.quote(DEFTLY)}", here)

    def as_written(self, printed: str) -> str:
        """Return what was printed with the ports of the README."""
        back = printed.replace(f":{self.port}", ":8484")
        return re.sub(r"127\.0\.0\.1:(?!8484)\d+", "127.0.0.1:8485", back)


@pytest.fixture
def shell(folder: Path) -> Iterator[Shell]:
    """A shell beside a running demo."""
    env = environment()
    with (
        subprocess.Popen(
            [DEFTLY, "demo", "--port", "0"],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=env,
        ) as demo,
        subprocess.Popen(
            ["sh"],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=env,
        ) as process,
    ):
        try:
            assert demo.stdout
            listening = next(line for line in demo.stdout if line.startswith("listening on"))
            port = listening.strip().rpartition(":")[2]
            yield Shell(process, folder, port, str(shop_port_of(folder / "deftly-demo")))
        finally:
            demo.terminate()
            process.terminate()


def commands_in(block: str) -> Iterator[tuple[str, str]]:
    """Yield each command of a console block and what it is said to print."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        lines = part.splitlines()
        end = 1
        while end < len(lines) and "\n".join(lines[:end]).count("'") % 2:
            end += 1
        yield "\n".join(lines[:end]), "\n".join(lines[end:])


def pattern_of(output: str) -> str:
    """Return the expression that what is printed has to match: ``…`` is anything."""
    return re.escape(spaced(output)).replace("…", ".*")


def spaced(text: str) -> str:
    """Return the text with single blanks: how wide a frame or a table is depends on a port."""
    return re.sub("[ ─]+", " ", text)


def test_every_command_prints_what_the_readme_says(shell):
    for kind, block in BLOCK.findall(README):
        if kind == "yaml":
            name = block.splitlines()[0].removeprefix("# ")
            (shell.folder / name).write_text(shell.as_run(block))
        elif kind == "console":
            for written, output in commands_in(block):
                code, printed = shell.run(shell.as_run(written))
                assert code == 0, f"{written}\n{printed}"
                assert re.match(pattern_of(output), spaced(printed), re.DOTALL), (
                    f"{written}\n{printed}\nis not\n{output}"
                )
                if printed.startswith("{"):
                    shell.last_json = printed


def test_every_other_command_runs(shell):
    for kind, block in BLOCK.findall(README):
        if kind != "sh":
            continue
        for line in block.splitlines():
            written = line.partition("  #")[0].strip()
            if written.startswith("make "):
                target = shlex.split(written)[1]
                assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)
            elif not SERVES.match(written):
                code, printed = shell.run(shell.as_run(f"mkdir -p my-deftly; {written}"))
                assert code == 0, f"{written}\n{printed}"


def test_every_setting_and_file_that_is_named_exists():
    known = json.loads(
        subprocess.run(
            [DEFTLY, "settings", "--json"], capture_output=True, env=environment(), check=True
        ).stdout
    )
    table = README.partition("| setting |")[2].partition("\n\n")[0]
    for row in table.splitlines()[2:]:
        for name in re.findall(r"`(\w+)`", row.split("|")[1]):
            assert name in known
    for target in re.findall(r"\]\((?!https:)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
