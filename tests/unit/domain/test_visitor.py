"""What visitors carry is believed as it was signed, while it lasts, and else not at all."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from deftly.domain.visitor import (
    GRANT_LIFETIME_S,
    RESUME_LIFETIME_S,
    TOKEN_LIFETIME_S,
    Grant,
    Resumed,
    Visitor,
    VisitorSigner,
)

KEY = bytes(range(32))
NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
SIGNER = VisitorSigner(KEY)
ADA = Visitor(
    id="v-1",
    agent_id="a-1",
    origin="https://shop.example.com",
    user={"id": "ada", "plan": "gold"},
    page={"url": "https://shop.example.com/cart", "items": 2},
)
STRANGER = Visitor(id="v-2", agent_id="a-1", origin="https://shop.example.com")
GRANT = Grant("c-1", "https://shop.example.com", "ab" * 32)


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize("visitor", [ADA, STRANGER], ids=lambda one: one.id)
def test_a_token_says_who_it_was_made_for(visitor):
    read = SIGNER.read_token(SIGNER.token(visitor, NOW), at(1))

    assert read is not None
    assert (read.id, read.agent_id, read.origin) == (visitor.id, visitor.agent_id, visitor.origin)
    assert (read.user, read.page) == (visitor.user, visitor.page)
    assert read.ends_at_s == at(TOKEN_LIFETIME_S).timestamp()


def test_a_resume_token_remembers_the_visitor_and_the_user():
    remembered = SIGNER.read_resume(SIGNER.resume(ADA, NOW), at(1))

    assert remembered == Resumed("v-1", "a-1", "https://shop.example.com", "ada")


def test_a_grant_is_for_one_script_one_conversation_and_one_origin():
    assert SIGNER.read_grant(SIGNER.grant(GRANT, NOW), at(1)) == GRANT


def made() -> dict[str, str]:
    return {
        "token": SIGNER.token(ADA, NOW),
        "resume": SIGNER.resume(ADA, NOW),
        "grant": SIGNER.grant(GRANT, NOW),
    }


def read(kind: str, text: str, now: datetime = NOW, signer: VisitorSigner = SIGNER) -> object:
    match kind:
        case "token":
            return signer.read_token(text, now)
        case "resume":
            return signer.read_resume(text, now)
        case _:
            return signer.read_grant(text, now)


LIFETIMES = {"token": TOKEN_LIFETIME_S, "resume": RESUME_LIFETIME_S, "grant": GRANT_LIFETIME_S}
KINDS = tuple(LIFETIMES)


@pytest.mark.parametrize(("kind", "lasts_s"), LIFETIMES.items())
def test_it_ends_to_the_second(kind, lasts_s):
    text = made()[kind]

    assert read(kind, text, at(lasts_s - 1)) is not None
    assert read(kind, text, at(lasts_s)) is None


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("other", KINDS)
def test_no_kind_passes_for_another(kind, other):
    assert (read(kind, made()[other]) is None) == (kind != other)


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_passes_under_the_prefix_of_another(kind):
    texts = made()

    for other in KINDS:
        swapped = texts[kind][:4] + texts[other][4:]
        assert (read(kind, swapped) is None) == (kind != other)


@pytest.mark.parametrize("kind", KINDS)
def test_what_another_installation_signed_is_nothing_here(kind):
    assert read(kind, made()[kind], signer=VisitorSigner(b"x" * 32)) is None


@pytest.mark.parametrize("kind", KINDS)
def test_every_changed_character_is_noticed(kind):
    text = made()[kind]

    for place, letter in enumerate(text):
        for other in {"A", "b", "_", "."} - {letter}:
            assert read(kind, text[:place] + other + text[place + 1 :]) is None, place


@pytest.mark.parametrize("kind", KINDS)
def test_every_truncation_is_noticed(kind):
    text = made()[kind]

    assert all(read(kind, text[:length]) is None for length in range(len(text)))


def forged(text: str) -> dict[str, str]:
    prefix, body, signature = text.split(".")
    raw = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
    other = base64.urlsafe_b64encode(raw.replace(b"v-1", b"v-9")).rstrip(b"=").decode()
    return {
        "another payload": f"{prefix}.{other}.{signature}",
        "no signature": f"{prefix}.{body}.",
        "no payload": f"{prefix}..{signature}",
        "another version": f"dv2.{body}.{signature}",
        "upper-case prefix": f"{prefix.upper()}.{body}.{signature}",
        "padding": f"{text}=",
        "a blank": f"{text} ",
        "a line": f"{text}\n",
        "standard alphabet": f"{prefix}.{body}.{signature.replace('-', '+').replace('_', '/')}==",
        "twice": f"{text}.{signature}",
        "letters of elsewhere": f"{prefix}.{body}é.{signature}",
        "a surrogate": f"{prefix}.{body}\udc80.{signature}",
        "too long": f"{prefix}.{body * 100}.{signature}",
        "empty": "",
        "a dot": ".",
        "JSON of nobody": f"{prefix}.bnVsbA.{signature}",
    }


@pytest.mark.parametrize("how", forged(SIGNER.token(ADA, NOW)))
def test_a_forged_token_is_nobody_s(how):
    assert SIGNER.read_token(forged(SIGNER.token(ADA, NOW))[how], NOW) is None
