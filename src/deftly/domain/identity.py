"""Who a visitor says they are, and the owner's signature that makes it true.

The signature is HMAC-SHA256 (RFC 2104) in hexadecimal, under the agent's identity secret, over
either the user's id alone, or the canonical JSON of ``{"user_id", "user_metadata"}``. Metadata
that is not signed is dropped: whoever is on the page could have written it.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from pydantic import JsonValue

from deftly.errors import InvalidRequest, NotAllowed, Problem
from deftly.values import JsonObject, canonical_json

USER_ID_LIMIT: Final = 200
FIELDS_MAX: Final = 20
TEXT_LIMIT: Final = 500
_PREFIX: Final = "ik_"
_MEMBERS: Final = frozenset({"user_id", "user_hash", "user_metadata"})
_FIELD: Final = re.compile(r"(?!__)[A-Za-z0-9_-]{1,40}")
# What JavaScript counts exactly: both ends must write the same digits.
_WHOLE_MAX: Final = 2**53 - 1
_WRONG: Final = (
    "identity.user_hash is not the signature of this user_id; sign it on your server with the "
    "agent's identity secret."
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a page says of its visitor; nothing of it is believed yet."""

    user_id: str
    user_hash: str
    metadata: Mapping[str, JsonValue] = field(default_factory=dict)


def identity_secret(key: bytes, agent_id: str, version: int) -> str:
    """Return what the owner of an agent signs users with; another version is another secret.

    Args:
        key: The installation's; it cannot be found from the result.
        agent_id: The agent's.
        version: Its ``identityVersion``.
    """
    said = f"deftly:identity:{version}:{agent_id}".encode()
    digest = hmac.digest(key, said, hashlib.sha256)
    return _PREFIX + base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def claim_of(given: JsonValue) -> Claim:
    """Return what ``identity`` claims.

    Raises:
        InvalidRequest: It has another form; names the field.
    """
    members = given if isinstance(given, dict) and given.keys() <= _MEMBERS else {}
    user_id, user_hash = members.get("user_id"), members.get("user_hash")
    if not isinstance(user_id, str) or not isinstance(user_hash, str):
        expected = "user_id and user_hash, both text, and perhaps user_metadata"
        raise _invalid("identity", f"must hold {expected}, and nothing else")
    # One that begins with a brace could be read as the longer form that is signed.
    if not user_id.strip() or len(user_id) > USER_ID_LIMIT or user_id.startswith("{"):
        message = f"must be 1 to {USER_ID_LIMIT} characters and not begin with a brace"
        raise _invalid("identity.user_id", message)
    metadata = members.get("user_metadata")
    return Claim(user_id, user_hash, _metadata({} if metadata is None else metadata))


def verified(claim: Claim, secret: str) -> JsonObject:
    """Return the values for ``{{user.*}}``: ``id``, and the metadata if it is signed too.

    Raises:
        NotAllowed: The hash is not the owner's signature.
    """
    whole = canonical_json({"user_id": claim.user_id, "user_metadata": dict(claim.metadata)})
    if _is_signature(claim.user_hash, whole, secret):
        return {**claim.metadata, "id": claim.user_id}
    if _is_signature(claim.user_hash, claim.user_id.encode(), secret):
        return {"id": claim.user_id}
    raise NotAllowed(_WRONG)


def _is_signature(text: str, message: bytes, secret: str) -> bool:
    expected = hmac.digest(secret.encode(), message, hashlib.sha256).hex()
    return hmac.compare_digest(text.encode(errors="replace"), expected.encode())


def _metadata(given: JsonValue) -> JsonObject:
    path = "identity.user_metadata"
    if not isinstance(given, dict) or len(given) > FIELDS_MAX:
        raise _invalid(path, f"must be an object of at most {FIELDS_MAX} values")
    for name, value in given.items():
        if not _FIELD.fullmatch(name) or name == "id":
            message = "must have names of letters, digits, _ and -, other than id"
            raise _invalid(path, message)
        if not _is_plain(value):
            message = f"must be text up to {TEXT_LIMIT} characters, a whole number, true or false"
            raise _invalid(f"{path}.{name}", message)
    return given


def _is_plain(value: JsonValue) -> bool:
    match value:
        case bool():
            return True
        case int():
            return abs(value) <= _WHOLE_MAX
        case str():
            return len(value) <= TEXT_LIMIT
        case _:
            return False


def _invalid(path: str, fault: str) -> InvalidRequest:
    message = f"{path} {fault}."
    return InvalidRequest(message, details=[Problem(path, message)])
