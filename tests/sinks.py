"""Every place that answers, logs or stores, read for values that may be in none of them."""

import asyncio
import base64
import contextlib
import json
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, quote_plus

import httpx2

from tests.live import Remote, Server
from tests.world import Seen, Upstream, make_action

READABLE = "sk-live-51HxQ0redactme"
"""Could be a label of a host name, but for its capital letters."""


def spellings(value: str) -> set[str]:
    """Return every form in which the value may be found, by itself or inside something else."""
    raw = value.encode()
    found = {
        value,
        quote(value, safe=""),
        quote(value),
        quote_plus(value),
        "".join(f"%{byte:02X}" for byte in raw),
        json.dumps(value)[1:-1],
        json.dumps(value, ensure_ascii=False)[1:-1],
        json.dumps(value)[1:-1].replace("/", "\\/"),
        raw.hex(),
    }
    for shift in range(3):
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            digits = encode(b"\0" * shift + raw).decode().rstrip("=")
            # The first and last digits depend on the neighbours as well.
            found.add(digits[4 if shift else 0 : -4])
    return {one.lower() for one in found}


def told_back(value: str) -> str:
    """Return an answer that holds the value in every form."""
    raw = value.encode()
    forms = [encode(raw) for encode in (base64.b64encode, base64.urlsafe_b64encode)]
    forms += [base64.b64encode(b"?" * shift + raw + b"!!") for shift in range(3)]
    texts = [one.decode() for one in forms]
    nested = json.dumps(json.dumps({"again": value}))
    return json.dumps(
        {
            "plain": value,
            value: "as a name",
            "sentence": f"your key {value}, is it not?",
            "percent": quote(value, safe=""),
            "plus": quote_plus(value),
            "every": "".join(f"%{byte:02x}" for byte in raw),
            "base64": texts,
            "hex": [raw.hex(), raw.hex().upper()],
            "nested": [nested, [{"deep": [value]}]],
        }
    )


@dataclass
class Sinks:
    """Everything that was told, by where it was told."""

    texts: dict[str, str] = field(default_factory=dict)

    def add(self, where: str, told: str | bytes) -> None:
        text = told.decode("utf-8", "replace") if isinstance(told, bytes) else told
        self.texts[where] = self.texts.get(where, "") + text

    def add_files(self, folder: Path) -> None:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.name != "deftly.key":
                self.add(f"file {path.relative_to(folder)}", path.read_bytes())
        with contextlib.closing(sqlite3.connect(folder / "deftly.db")) as database:
            self.add("dump of deftly.db", "\n".join(database.iterdump()))

    def holding(self, value: str) -> list[str]:
        """Return where the value is found, in which form and among what."""
        found = []
        for where, text in self.texts.items():
            folded = text.lower()
            for spelling in sorted(spellings(value)):
                at = folded.find(spelling)
                if at >= 0:
                    found.append(f"{where}: {text[max(0, at - 60) : at + len(spelling) + 20]!r}")
        return found


class Reader:
    """Asks a server for everything it tells, and keeps it."""

    def __init__(self, server: Server, remote: Remote, sinks: Sinks) -> None:
        self.server = server
        self.remote = remote
        self.sinks = sinks

    async def ask(self, method: str, path: str, given: object = None) -> httpx2.Response:
        answer = await self.remote.http.request(method, path, json=given)
        self.sinks.add(f"{method} {path}", answer.text + repr(answer.headers.multi_items()))
        return answer

    async def everything(self, last: str) -> None:
        """Read every list and every page of it, and the events up to what was done last."""
        for path in (
            "custom-actions",
            "custom-actions/export",
            "tools",
            "confirmations",
            "secrets",
        ):
            await self.ask("GET", f"/api/{path}")
        for path in ("/metrics", "/openapi.json", "/health/ready", "/api/runs?limit=200"):
            await self.ask("GET", path)
        for run in (await self.remote.get("/api/runs?limit=200"))["runs"]:
            await self.ask("GET", f"/api/runs/{run['id']}")
        for question in (await self.remote.get("/api/confirmations"))["confirmations"]:
            await self.ask("GET", f"/api/confirmations/{question['id']}")
        for action in (await self.remote.get("/api/custom-actions"))["actions"]:
            await self.ask("GET", f"/api/custom-actions/{action['id']}")
            await self.ask("GET", f"/api/custom-actions/{action['id']}/revisions")
        await self.events(last)

    async def events(self, last: str) -> None:
        headers = {"last-event-id": "0"}
        async with (
            asyncio.timeout(10),
            self.remote.http.stream("GET", "/api/events", headers=headers) as stream,
        ):
            async for line in stream.aiter_lines():
                self.sinks.add("events", f"{line}\n")
                if line.startswith("data:") and last in line:
                    return

    async def files_and_output(self, folder: Path) -> None:
        self.sinks.add_files(folder)
        await asyncio.to_thread(self.server.stop)
        self.sinks.add("standard error", "".join(self.server.errors))
        self.sinks.add("standard output", self.server.rest_of_output())
        self.sinks.add_files(folder)

    async def action(self, **fields: object) -> str:
        answer = await self.ask("POST", "/api/custom-actions", make_action(**fields))  # type: ignore[arg-type]
        assert answer.status_code == 200, answer.text
        return str(answer.json()["action"]["id"])

    async def secret(self, name: str, value: str) -> None:
        given = {"value": value, "hosts": ["127.0.0.1"]}
        assert (await self.ask("PUT", f"/api/secrets/{name}", given)).status_code == 200


class Rude(Upstream):
    """Answers with its body and nothing else, and hangs up."""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        assert READABLE.encode() in head
        self.requests.append(Seen("GET", "/", {}, head))
        writer.write(self.body)
        await writer.drain()
        writer.close()


def get_echo(upstream: Upstream, **fields: object) -> dict[str, object]:
    headers = {"X-Api-Key": "{{secrets.SHOP_KEY}}"}
    url = upstream.url("/?key={{secrets.SHOP_KEY}}")
    return {"name": "echo", "parameters": [], "headers": headers, "url": url, **fields}


async def finish(reader: Reader, folder: Path) -> Sinks:
    """Read everything there is, once the last change is among the events."""
    await reader.secret("LAST_ONE", "something-else-altogether")
    await reader.everything("LAST_ONE")
    await reader.files_and_output(folder)
    assert len(reader.sinks.texts) > 20
    return reader.sinks
