"""What a run of JavaScript is given, what it asks for and what it brings home, as values."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import field
from typing import Final, TypeAlias

from deftly.domain.run import ConsoleLine
from deftly.values import JsonObject, JsonValue, light_value

MAX_TIMEOUT_S: Final = 10.0
FETCHES_MAX: Final = 20
TRAFFIC_BYTES_MAX: Final = 10 * 1024 * 1024
"""Of all fetches of a run together, both ways."""

FRAME_BYTES_MAX: Final = 2 * 1024 * 1024
RESULT_BYTES_MAX: Final = 256 * 1024
CONSOLE_BYTES_MAX: Final = 64 * 1024
CONSOLE_LINES_MAX: Final = 1_000
DONE: Final = "Done"
"""What a run brings home whose code returns nothing."""


@light_value
class Script:
    """One run's code and what it is given.

    Attributes:
        code: The body of an async function of ``params``, ``fetch``, ``console``, ``secrets``.
        secrets: Names and what stands for their values; a value itself never gets here.
        timeout_s: From the moment the process has the script; 10 at most.
        is_test: It is ours and tries out the walls, so nothing is hidden from it.
    """

    code: str
    params: JsonObject = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)
    timeout_s: float = MAX_TIMEOUT_S
    is_test: bool = False


@light_value
class FetchRequest:
    """What the code wants to be sent; nothing of it is checked.

    Attributes:
        timeout_s: What is left of the run.
    """

    url: str
    method: str
    headers: tuple[tuple[str, str], ...]
    body: bytes | None
    timeout_s: float


@light_value
class FetchAnswer:
    """What came back.

    Attributes:
        url: Where it came from, after redirects.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    url: str


Fetch: TypeAlias = Callable[[FetchRequest], Awaitable[FetchAnswer]]
"""The way out; its ``DeftlyError`` becomes a rejected ``fetch`` with the message."""


@light_value
class BrokenCode:
    """Why code does not compile.

    Attributes:
        says: The engine's own words, or which limit of a run it reached.
        line: From 1, as editors count; None where it is about no place.
        column: From 1, in UTF-16 code units.
        at_end: The place is behind the last character.
    """

    says: str
    line: int | None = None
    column: int | None = None
    at_end: bool = False


@light_value
class Finished:
    """What the code returned and what it wrote to its console."""

    value: JsonValue
    console: tuple[ConsoleLine, ...] = ()
