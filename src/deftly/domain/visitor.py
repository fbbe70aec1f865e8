"""Visitors of a host page: the signed texts that say who they are, and for how long.

Three kinds, one form: ``prefix.payload.signature``. The payload is JSON in base64url, the
signature HMAC-SHA256 (RFC 2104) of everything before it under a key derived from the
installation's. The prefix is signed too, so that no kind passes for another.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from deftly.values import JsonObject, JsonValue, NotJsonError, canonical_json, parse_json

TOKEN_PREFIX: Final = "dv1."  # noqa: S105 - what each begins with
TOKEN_LIFETIME_S: Final = 15 * 60
RESUME_LIFETIME_S: Final = 30 * 24 * 3600
GRANT_LIFETIME_S: Final = 60

_RESUME_PREFIX: Final = "dr1."
_GRANT_PREFIX: Final = "dg1."
_LABEL: Final = b"deftly:visitor-tokens"
_NETWORK: Final = "deftly:network:"
_LIMIT: Final = 16_384


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody at one agent, on pages of one origin.

    Attributes:
        id: The principal is called ``visitor:<id>``.
        origin: Of the host page, as browsers spell it.
        user: What the owner's server has vouched for; holds ``id``. None for a stranger.
        page: Where they are and what the page tells of itself; anybody can make it up.
        ends_at_s: When the token ends that was read, in seconds since 1970; 0 without one.
    """

    id: str
    agent_id: str
    origin: str
    user: Mapping[str, JsonValue] | None = None
    page: Mapping[str, JsonValue] | None = None
    ends_at_s: int = 0

    @property
    def user_id(self) -> str | None:
        """The verified user's id, if there is one."""
        return None if self.user is None else str(self.user["id"])


@dataclass(frozen=True, slots=True)
class Resumed:
    """What a resume token remembers: which visitor this browser was, and as whom."""

    visitor_id: str
    agent_id: str
    origin: str
    user_id: str | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    """Leave to fetch one script for one conversation, from pages of one origin.

    Attributes:
        sha256: Of the script, in hexadecimal.
    """

    conversation_id: str
    origin: str
    sha256: str


class VisitorSigner:
    """Signs and reads the texts that visitors carry; nothing about them is stored."""

    def __init__(self, key: bytes) -> None:
        """Take the installation's key; what is signed with cannot lead back to it."""
        self._key = hmac.digest(key, _LABEL, hashlib.sha256)

    def token(self, visitor: Visitor, now: datetime) -> str:
        """Return what lets the visitor in for a quarter of an hour."""
        payload: JsonObject = {
            "visitor": visitor.id,
            "agent": visitor.agent_id,
            "origin": visitor.origin,
            "user": None if visitor.user is None else dict(visitor.user),
            "page": None if visitor.page is None else dict(visitor.page),
        }
        return self._signed(TOKEN_PREFIX, payload, now, TOKEN_LIFETIME_S)

    def read_token(self, text: str, now: datetime) -> Visitor | None:
        """Return whose token it is; None if it is not ours, was changed, or is over."""
        match self._payload(TOKEN_PREFIX, text, now):
            case {
                "visitor": str(visitor),
                "agent": str(agent),
                "origin": str(origin),
                "user": dict() | None as user,
                "page": dict() | None as page,
                "endsAt": int(ends_at_s),
            }:
                return Visitor(visitor, agent, origin, user, page, ends_at_s)
            case _:
                return None

    def resume(self, visitor: Visitor, now: datetime) -> str:
        """Return what makes the same visitor of this browser again, for thirty days."""
        payload: JsonObject = {
            "visitor": visitor.id,
            "agent": visitor.agent_id,
            "origin": visitor.origin,
            "user": visitor.user_id,
        }
        return self._signed(_RESUME_PREFIX, payload, now, RESUME_LIFETIME_S)

    def read_resume(self, text: str, now: datetime) -> Resumed | None:
        """Return which visitor it was; None as for a token."""
        match self._payload(_RESUME_PREFIX, text, now):
            case {
                "visitor": str(visitor),
                "agent": str(agent),
                "origin": str(origin),
                "user": str() | None as user,
            }:
                return Resumed(visitor, agent, origin, user)
            case _:
                return None

    def grant(self, grant: Grant, now: datetime) -> str:
        """Return what lets a browser fetch the script, for a minute."""
        payload: JsonObject = {
            "conversation": grant.conversation_id,
            "origin": grant.origin,
            "sha256": grant.sha256,
        }
        return self._signed(_GRANT_PREFIX, payload, now, GRANT_LIFETIME_S)

    def read_grant(self, text: str, now: datetime) -> Grant | None:
        """Return what is granted; None as for a token."""
        match self._payload(_GRANT_PREFIX, text, now):
            case {"conversation": str(here), "origin": str(origin), "sha256": str(sha256)}:
                return Grant(here, origin, sha256)
            case _:
                return None

    def network(self, address: str) -> str:
        """Return what stands for an address where it is kept: the same always, here alone."""
        return self._signature(_NETWORK + address)

    def _signed(self, prefix: str, payload: JsonObject, now: datetime, lifetime_s: int) -> str:
        ends_at_s = int(now.timestamp()) + lifetime_s
        body = prefix + _encoded(canonical_json({**payload, "endsAt": ends_at_s}))
        return f"{body}.{self._signature(body)}"

    def _payload(self, prefix: str, text: str, now: datetime) -> JsonObject | None:
        body, dot, signature = text.rpartition(".")
        if len(text) > _LIMIT or not dot or not body.startswith(prefix) or not text.isascii():
            return None
        # The signature is compared as text: base64 has several spellings of the same bytes.
        if not hmac.compare_digest(signature, self._signature(body)):
            return None
        payload = _decoded(body[len(prefix) :])
        match payload:
            case {"endsAt": int(ends_at_s)} if now.timestamp() < ends_at_s:
                return payload
            case _:
                return None

    def _signature(self, body: str) -> str:
        return _encoded(hmac.digest(self._key, body.encode(), hashlib.sha256))


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decoded(text: str) -> JsonObject | None:
    try:
        value = parse_json(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, NotJsonError):
        return None
    return value if isinstance(value, dict) else None
