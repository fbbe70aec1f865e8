"""The self-test: what no run may be able to do, tried in a run."""

import re
from collections.abc import Mapping
from typing import Final, Never

from deftly.errors import DeftlyError
from deftly.sandbox.javascript.console import Console
from deftly.sandbox.javascript.conversation import Conversation
from deftly.sandbox.javascript.guest import Guest, Launch, StartFailedError
from deftly.sandbox.javascript.script import FetchRequest, Script
from deftly.values import JsonValue

# Each has to be refused, and for want of permission: that nothing answers at a port, or that a
# file is not there, says nothing about the next one.
_PROBES: Final[Mapping[str, str]] = {
    "read files": 'await Deno.readTextFile("/proc/self/status")',
    "import files": 'await import("file:///proc/self/status", {with: {type: "text"}})',
    "list folders": 'Deno.readDirSync("/")',
    "write files": 'await Deno.writeTextFile("/tmp/canary", "")',
    "read the environment": "Deno.env.toObject()",
    "connect": 'await Deno.connect({hostname: "127.0.0.1", port: 9})',
    "listen": 'Deno.listen({hostname: "127.0.0.1", port: 0})',
    "look names up": """
        await Deno.resolveDns("localhost", "A", {nameServer: {ipAddr: "127.0.0.1", port: 9}})
    """,
    "start programs": 'await new Deno.Command("/bin/true").output()',
    "signal processes": 'Deno.kill(1, "SIGCONT")',
    "load libraries": 'Deno.dlopen("libc.so.6", {})',
    "import from the network": 'await import("http://127.0.0.1:9/canary.js")',
    "import packages": 'await import("npm:canary@1.0.0")',
}
_REFUSED: Final = re.compile(r"Requires [a-z-]+ access|--no-remote|--no-npm")
_SONG: Final = """
const AsyncFunction = (async () => undefined).constructor;
const heard = {};
for (const [name, body] of Object.entries(params)) {
    try {
        heard[name] = String(await new AsyncFunction(body)());
    } catch (error) {
        heard[name] = String(error);
    }
}
return heard;
"""


async def sing(launch: Launch) -> str:
    """Return why runs that are started like this are not kept in bounds, nothing where they are."""
    try:
        guest = await Guest.start(launch)
    except StartFailedError as fault:
        return str(fault)
    script = Script(_SONG, params=dict(_PROBES), is_test=True)
    try:
        heard = await Conversation(guest, script, _no_fetch, Console()).hold()
    except DeftlyError as fault:
        return fault.message
    finally:
        await guest.close()
    able = [name for name in _PROBES if not _is_refused(heard, name)]
    return f"code could {', '.join(able)}" if able else ""


def _is_refused(heard: JsonValue, name: str) -> bool:
    said = heard.get(name) if isinstance(heard, dict) else None
    return isinstance(said, str) and _REFUSED.search(said) is not None


async def _no_fetch(request: FetchRequest) -> Never:
    raise NotImplementedError(request.url)
