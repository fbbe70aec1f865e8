"""Visitors of a host page, as a browser makes requests for them."""

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from deftly.rest import packaged
from tests.world import Api

SHOP = "https://shop.example.com"
TOKEN_S = 15 * 60


async def embed_agent(api: Api, *origins: str, name: str = "front-desk", **fields: Any) -> Any:
    """Store an agent that pages of these origins may embed."""
    given = {"name": name, "allowedOrigins": list(origins or (SHOP,)), **fields}
    answer = await api.post("/api/agents", given)
    assert answer.status_code == 200, answer.text
    return answer.json()["agent"]


async def ask_in(
    api: Api, agent: Mapping[str, Any], origin: str | None = SHOP, **more: object
) -> httpx2.Response:
    """Ask for a session as the loader on a page of the origin does."""
    page = api.with_headers({} if origin is None else {"origin": origin})
    given = {"publishableKey": agent["publishableKey"], **more}
    return await page.post("/api/embed/session", given)


async def enter(
    api: Api, agent: Mapping[str, Any], origin: str = SHOP, **more: object
) -> dict[str, Any]:
    """Begin a visit."""
    answer = await ask_in(api, agent, origin, **more)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def as_visitor(api: Api, session: Mapping[str, Any]) -> Api:
    """Return a caller that shows the visitor's token and nothing else."""
    return api.with_headers({"authorization": f"Bearer {session['token']}"})


async def visitor(api: Api, agent: Mapping[str, Any]) -> Api:
    """Begin a visit and return the visitor."""
    return as_visitor(api, await enter(api, agent))


async def signed(api: Api, agent: Mapping[str, Any], user_id: str) -> dict[str, Any]:
    """Return what the owner's server gives a page to say who its user is."""
    answer = await api.get(f"/api/agents/{agent['name']}/identity-secret")
    assert answer.status_code == 200, answer.text
    secret = answer.json()["secret"]
    return {"user_id": user_id, "user_hash": signature(secret, user_id)}


@contextmanager
def built_embed(folder: Path) -> Iterator[None]:
    """Serve these small files as the built embed, whatever was built."""
    assets = folder / "assets/embed/assets"
    assets.mkdir(parents=True)
    (assets.parent / "embed.js").write_text("'the loader';\n")
    (assets.parent / "frame.html").write_text("<!doctype html><title>Chat</title>\n")
    (assets / "chat-1a2b.js").write_text("'the chat';\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packaged, "files", lambda _: folder)
        yield


def signature(secret: str, message: str) -> str:
    return hmac.new(secret.encode(), message.encode(), hashlib.sha256).hexdigest()
