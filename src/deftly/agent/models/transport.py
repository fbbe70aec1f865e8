"""The one way from a provider's library to its server.

Whatever the library found in the environment stays behind: requests go to the configured
origin alone, through no proxy, with the headers listed here and the configured key.
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias, cast

import httpx2
from pydantic_ai.exceptions import UnexpectedModelBehavior

from deftly.agent.models.keys import Credential, ModelKey, redactor_of
from deftly.errors import ModelUnavailable

Client: TypeAlias = httpx2.AsyncClient

CONNECT_TIMEOUT_S: Final = 5.0
_LONGEST_WAIT_S: Final = 15.0
_ERROR_LIMIT_BYTES: Final = 64 * 1024
# The libraries hold a line until it is complete, and parse it without letting go of the loop.
_LINE_LIMIT_BYTES: Final = 4 * 1024 * 1024
_ANSWER_LIMIT_BYTES: Final = 64 * 1024 * 1024
_FIRST_REFUSAL: Final = 400

# What the libraries need to say; accounts, projects and further credentials are not in it.
_HEADERS: Final = frozenset(
    {
        b"accept",
        b"anthropic-beta",
        b"anthropic-version",
        b"connection",
        b"content-length",
        b"content-type",
        b"idempotency-key",
        b"transfer-encoding",
        b"user-agent",
    }
)
_DEFAULT_PORTS: Final[Mapping[str, int]] = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Origin:
    """Scheme, host and port; the port is always told."""

    scheme: str
    host: str
    port: int

    @classmethod
    def of(cls, url: httpx2.URL) -> "Origin":
        """Return the origin of an address."""
        return cls(url.scheme, url.host, url.port or _DEFAULT_PORTS.get(url.scheme, 0))

    @property
    def authority(self) -> str:
        """Host and port as secrets are bound to them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


class ProviderTransport(httpx2.AsyncBaseTransport):
    """Sends a library's requests, and nothing that nobody configured."""

    def __init__(
        self,
        base_url: str,
        key: ModelKey,
        credential: Credential,
        *,
        inner: httpx2.AsyncBaseTransport,
    ) -> None:
        """Let requests to the origin of ``base_url`` through."""
        self._base_url = httpx2.URL(base_url)
        self._origin = Origin.of(self._base_url)
        self._key = key
        self._credential = credential
        self._inner = inner

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send one request.

        Raises:
            ModelUnavailable: It would go elsewhere, or there is no key to be had.
        """
        if Origin.of(request.url) != self._origin:
            message = "The model's library wanted to call another server than the configured one."
            raise ModelUnavailable(message, internal=f"asked for {request.url.host}")
        key = await self._key.value(self._origin.authority)
        request.headers = self._headers(request.headers, key)
        response = await self._inner.handle_async_request(request)
        _bound_wait(response)
        if response.status_code < _FIRST_REFUSAL:
            response.stream = _Bounded(cast("httpx2.AsyncByteStream", response.stream))
            return response
        return await _redacted(request, response, key)

    async def aclose(self) -> None:
        """Close every connection."""
        await self._inner.aclose()

    def _headers(self, given: httpx2.Headers, key: str) -> httpx2.Headers:
        kept = [(name, value) for name, value in given.raw if name.lower() in _HEADERS]
        headers = httpx2.Headers(kept)
        headers["host"] = self._base_url.netloc.decode("ascii")
        headers["accept-encoding"] = "identity"  # what is counted is what is held
        if key:
            headers[self._credential.header] = self._credential.before + key
        return headers


class _Bounded(httpx2.AsyncByteStream):
    """An answer that is broken off where no answer of a model is that long."""

    def __init__(self, whole: httpx2.AsyncByteStream) -> None:
        self._whole = whole

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = line = 0
        async for piece in self._whole:
            size += len(piece)
            end = piece.rfind(b"\n")
            line = line + len(piece) if end < 0 else len(piece) - end
            if line > _LINE_LIMIT_BYTES or size > _ANSWER_LIMIT_BYTES:
                message = f"The answer was broken off after {size} bytes, {line} in its last line."
                raise UnexpectedModelBehavior(message)
            yield piece

    async def aclose(self) -> None:
        await self._whole.aclose()


def _bound_wait(response: httpx2.Response) -> None:
    """Have the library give up at once where the server asks for a long wait."""
    wait = response.headers.get("retry-after", "")
    if wait.isdecimal() and int(wait) > _LONGEST_WAIT_S:
        response.headers["x-should-retry"] = "false"


async def _redacted(
    request: httpx2.Request, response: httpx2.Response, key: str
) -> httpx2.Response:
    """Return the start of a refusal without the key, which some servers repeat in it."""
    body = bytearray()
    try:
        async for piece in response.aiter_bytes():
            body += piece
            if len(body) > _ERROR_LIMIT_BYTES:
                break
    finally:
        await response.aclose()
    dropped = {"content-length", "content-encoding", "transfer-encoding"}
    headers = [(name, text) for name, text in response.headers.items() if name not in dropped]
    text = redactor_of(key).text(body[:_ERROR_LIMIT_BYTES].decode("utf-8", "replace"))
    return httpx2.Response(
        response.status_code, headers=headers, content=text.encode(), request=request
    )


def client_for(
    base_url: str, key: ModelKey, credential: Credential, *, timeout_s: float, keep_alive: bool
) -> Client:
    """Return a client for one provider.

    Args:
        base_url: Where its API is.
        key: What is sent with every request.
        credential: How it is sent.
        timeout_s: The longest silence; connecting may take 5 s.
        keep_alive: Connections stay open between requests; then it has to be closed.
    """
    limits = httpx2.Limits(max_connections=100, max_keepalive_connections=20 if keep_alive else 0)
    inner = httpx2.AsyncHTTPTransport(trust_env=False, limits=limits)
    return Client(
        transport=ProviderTransport(base_url, key, credential, inner=inner),
        timeout=httpx2.Timeout(timeout_s, connect=CONNECT_TIMEOUT_S, pool=CONNECT_TIMEOUT_S),
        trust_env=False,
        follow_redirects=False,
    )
