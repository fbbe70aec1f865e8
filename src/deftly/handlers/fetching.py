"""What the code of a run sends: through the guard, with secrets put in behind it."""

import asyncio
import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from deftly.domain.spellings import spellings_of
from deftly.egress.message import Headers, OutboundRequest
from deftly.egress.url import parse_url
from deftly.errors import CodeFailed, LimitExceeded
from deftly.handlers.http import HttpTools
from deftly.sandbox.javascript.script import FetchAnswer, FetchRequest

_HEADER_CHARACTERS_MAX: Final = 8 * 1024
# A name and a password (RFC 7617): the one place where a secret is sent encoded.
_BASIC: Final = re.compile(r"(?i:basic) +([A-Za-z0-9+/]+=*)")


@dataclass(slots=True)
class Fetching:
    """The way out of one run.

    Attributes:
        markers: What stands for each secret in the code.
        stay_on_host: Refuse redirects to another host.
        revealed: The values that were put in so far, by name.
    """

    tools: HttpTools
    markers: Mapping[str, str]
    stay_on_host: bool
    revealed: dict[str, str] = field(default_factory=dict)
    sent_bytes: int = 0
    received_bytes: int = 0

    async def fetch(self, request: FetchRequest) -> FetchAnswer:
        """Send what the code asks for, if it may be sent.

        Raises:
            RunError: The guard refuses it, or there is no answer.
            CodeFailed: A secret stands where none may.
            NotFound: There is no secret of that name.
        """
        client = self.tools.client
        target = parse_url(request.url)
        _check_headers(request.headers)
        self._check_places(request)
        approval = await client.approve(target)
        headers = await self._with_secrets(_without_ours(request.headers), target.place)
        outbound = OutboundRequest(
            method=request.method.upper(),
            target=target,
            headers=headers,
            body=request.body,
            timeout_s=request.timeout_s,
            stay_on_host=self.stay_on_host,
        )
        response = await client.send(outbound, approval)
        self.sent_bytes += response.sent_bytes
        self.received_bytes += response.received_bytes
        answer = FetchAnswer(response.status, response.headers, response.body, response.target.url)
        # A large body that is full of them takes tens of milliseconds, and others wait.
        return await asyncio.to_thread(self._without_secrets, answer) if self.revealed else answer

    def _without_secrets(self, answer: FetchAnswer) -> FetchAnswer:
        """Return the answer with markers for what a server sends back of the secrets it got."""
        url, headers, body = answer.url, answer.headers, answer.body
        for name, secret in tuple(self.revealed.items()):
            strike = _Strike(_folded(secret), self.markers[name].encode())
            url = strike.text(url)
            headers = tuple([(strike.text(one), strike.text(value)) for one, value in headers])
            body = strike.bytes(body)
        return FetchAnswer(answer.status, headers, body, url)

    def _check_places(self, request: FetchRequest) -> None:
        # Names of headers and hosts come in lower case, whatever the code wrote.
        plain = " ".join([request.url, *(name for name, _ in request.headers)]).lower()
        body = request.body or b""
        for name, marker in self.markers.items():
            if marker.lower() in plain or marker.encode() in body:
                raise CodeFailed(
                    f"secrets.{name} can stand in the value of a header alone, not in the URL or "
                    "body of a fetch."
                )

    async def _with_secrets(self, headers: Headers, place: str) -> Headers:
        if not self.markers:
            return headers
        return tuple([(name, await self._filled(value, place)) for name, value in headers])

    async def _filled(self, value: str, place: str) -> str:
        basic = _BASIC.fullmatch(value)
        credentials = _decoded(basic[1]) if basic else ""
        if not any(marker in credentials for marker in self.markers.values()):
            return await self._revealed_in(value, place)
        filled = await self._revealed_in(credentials, place)
        return f"Basic {base64.b64encode(filled.encode()).decode()}"

    async def _revealed_in(self, text: str, place: str) -> str:
        for name, marker in self.markers.items():
            if marker in text:
                # The code chooses its hosts while it runs, so it must not choose who first gets
                # a secret that is bound to none.
                secret = await self.tools.reveal(name, place, may_bind=False)
                self.revealed[name] = secret
                text = text.replace(marker, secret)
        return text


@dataclass(frozen=True, slots=True)
class _Strike:
    """Puts a marker for every spelling of a secret, whatever its case."""

    spellings: list[bytes]
    marker: bytes

    def text(self, text: str) -> str:
        return self.bytes(text.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")

    def bytes(self, body: bytes) -> bytes:
        folded = body.lower()
        for spelling in self.spellings:
            if spelling not in folded:
                continue
            pieces, at = [], 0
            while (found := folded.find(spelling, at)) >= 0:
                pieces += [body[at:found], self.marker]
                at = found + len(spelling)
            body = b"".join([*pieces, body[at:]])
            folded = body.lower()
        return body


def _folded(secret: str) -> list[bytes]:
    """Return its spellings, the longest first, so that one in another is taken with it."""
    spellings = {one.encode().lower() for one in spellings_of(secret)}
    return sorted(spellings, key=len, reverse=True)


def _without_ours(headers: Headers) -> Headers:
    """Return the headers but the one that any fetch ignores: whoever unpacks says what it can."""
    return tuple([(name, value) for name, value in headers if name.lower() != "accept-encoding"])


def _check_headers(headers: Headers) -> None:
    for name, value in headers:
        if len(name) + len(value) > _HEADER_CHARACTERS_MAX:
            limit_kib = _HEADER_CHARACTERS_MAX // 1024
            raise LimitExceeded(f"The header {name[:40]} is longer than {limit_kib} KiB.")


def _decoded(text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode(errors="ignore")
    except binascii.Error:
        return ""
