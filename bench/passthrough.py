"""The yardstick: a bare ASGI application that passes a POST on with aiohttp, and nothing else."""

import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import aiohttp
import orjson

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class PassThrough:
    """Answers every POST with what the upstream says to a GET."""

    def __init__(self, upstream: str) -> None:
        """Take the upstream's origin."""
        self._upstream = upstream
        self._session: aiohttp.ClientSession | None = None

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        body = b""
        more = True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        arguments = orjson.loads(body)["arguments"]
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=0)
            self._session = aiohttp.ClientSession(connector=connector)
        url = f"{self._upstream}/orders/{arguments['order_id']}"
        async with self._session.get(url) as answer:
            data = await answer.read()
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": data})


app = PassThrough(os.environ.get("BENCH_UPSTREAM", ""))
