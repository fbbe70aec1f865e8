"""The local model's process: reads requests as JSON lines, answers as JSON lines.

Run as a file by an interpreter that has nothing but its standard library, so it imports
nothing of ours. It speaks to the engine's C interface directly: the Python package around
it would bring a telemetry client and a downloader into the process.

Its one argument is the folder with the engine and the weights. A request is
``{"id", "system", "tools", "text"}``; its answer ``{"id", "calls", "suppressed",
"confidence"}`` or ``{"id", "error"}``. The first line says ``{"ready": true}``.
"""

import ctypes
import json
import os
import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TextIO

LIBRARY_NAME: Final = "libneedle3.so"
WEIGHTS_NAME: Final = "needle3.cact"

_ANSWER_BYTES: Final = 1 << 16
_MOST_NEW_TOKENS: Final = 160


class Engine:
    """The loaded model; keeps the prompt of the last set of tools."""

    def __init__(self, folder: Path) -> None:
        """Load the engine and its weights.

        Raises:
            OSError: The engine or the weights are missing or made for another system.
            RuntimeError: The engine refuses the weights.
        """
        self._library = ctypes.CDLL(str(folder / LIBRARY_NAME))
        self._library.needle_init.argtypes = [ctypes.c_char_p] * 3
        self._library.needle_load.argtypes = [ctypes.c_char_p, ctypes.c_uint64]
        self._library.needle_complete.argtypes = [
            ctypes.c_char_p,
            ctypes.c_int,
            ctypes.c_char_p,
            ctypes.c_int,
        ]
        self._answer = ctypes.create_string_buffer(_ANSWER_BYTES)
        self._prompt: tuple[str, str] | None = None
        weights = (folder / WEIGHTS_NAME).read_bytes()
        with one_visible_core():
            code = self._library.needle_load(weights, len(weights))
        if code < 0:
            raise RuntimeError(f"the engine refused its weights (code {code})")

    def answer(self, system: str, tools: str, text: str) -> dict[str, object]:
        """Return the engine's answer to one utterance, without memory of earlier ones.

        Raises:
            RuntimeError: The engine cannot take these tools or this text.
        """
        if self._prompt != (system, tools):
            self._prompt = None
            if self._library.needle_init(system.encode(), tools.encode(), None) < 0:
                raise RuntimeError("the engine cannot take these tools")
            self._prompt = (system, tools)
        self._library.needle_reset()
        code = self._library.needle_complete(
            text.encode(), _MOST_NEW_TOKENS, self._answer, len(self._answer)
        )
        raw = self._answer.value.decode(errors="replace")
        if code < 0:
            raise RuntimeError(raw or f"the engine failed (code {code})")
        answer: dict[str, object] = json.loads(raw)
        return answer


@contextmanager
def one_visible_core() -> Iterator[None]:
    """Let the engine start one thread only.

    It starts one per processor it finds online, and they spin while they wait for each
    other: pinned to one core, or beside other work, a call takes forty times as long. It
    takes the count from the C library, which falls back to the calling thread's affinity
    when it can open neither ``/sys`` nor ``/proc``; so for a moment no file can be opened.
    """
    cores = os.sched_getaffinity(0)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    os.sched_setaffinity(0, {min(cores)})
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        os.sched_setaffinity(0, cores)


def _serve(engine: Engine, requests: TextIO, answers: TextIO) -> None:
    for line in requests:
        request = json.loads(line)
        try:
            raw = engine.answer(request["system"], request["tools"], request["text"])
            answer: dict[str, object] = {
                "calls": raw.get("function_calls") or [],
                "suppressed": raw.get("suppressed_calls") or [],
                "confidence": raw.get("confidence"),
            }
        except (RuntimeError, ValueError) as fault:
            answer = {"error": str(fault)}
        _write(answers, {"id": request["id"], **answer})


def _write(answers: TextIO, message: dict[str, object]) -> None:
    answers.write(json.dumps(message) + "\n")
    answers.flush()


def main() -> None:
    """Serve until the input ends, which it does when the parent is gone."""
    # Whatever the engine prints goes to the error output; the pipe carries answers alone.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    engine = Engine(Path(sys.argv[1]))
    _write(answers, {"ready": True})
    _serve(engine, sys.stdin, answers)


if __name__ == "__main__":
    main()
