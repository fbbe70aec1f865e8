"""Bodies are one JSON object of bounded size and depth."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deftly.errors import BodyTooLarge, InvalidRequest
from deftly.rest.body import LIMIT_BYTES, only, read_object


async def read(*parts: bytes, headers=(), optional=False):
    messages = [
        {"type": "http.request", "body": part, "more_body": index < len(parts) - 1}
        for index, part in enumerate(parts)
    ]

    async def receive():
        return messages.pop(0) if messages else {"type": "http.disconnect"}

    return await read_object(headers, receive, optional=optional)


async def test_an_object_is_read_in_as_many_parts_as_it_comes():
    assert await read(b'{"a"', b": [1", b"]}") == {"a": [1]}


async def test_an_empty_body_is_an_empty_object_where_it_may_be_left_out():
    assert await read(b"", optional=True) == {}
    assert await read(b" \n", optional=True) == {}


@pytest.mark.parametrize(
    "body",
    [
        b"", b"  ", b"{", b"[]", b"1", b'"a"', b"null", b"{} {}", b"{'a': 1}", b"a=1",
        b'{"a": NaN}', b'{"a": Infinity}', b'{"a": 1e999}', b'{"a": "\\ud800"}', b'{"a": "\xff"}',
        b'{"a": 1,}', b"\xef\xbb\xbf{}", b'{"a": 01}', b"\x00", b'{"a":' * 65 + b"1" + b"}" * 65,
        b'{"a":' + b"[" * 64 + b"1" + b"]" * 64 + b"}", b"[" * 1_000_000, b'{"a":' * 150_000,
    ],
    ids=lambda body: repr(body[:20]),
)  # fmt: skip
async def test_anything_else_is_refused(body):
    with pytest.raises(InvalidRequest) as refused:
        await read(body)

    assert refused.value.message.endswith((".", "…}."))


async def test_64_levels_are_enough():
    body = b'{"a":' * 64 + b"1" + b"}" * 64

    assert json.dumps(await read(body), separators=(",", ":")).encode() == body


async def test_many_brackets_are_not_many_levels():
    assert len(await read(json.dumps({"a": [[]] * 500}).encode())) == 1


@pytest.mark.parametrize("excess", [0, 1])
async def test_a_mebibyte_is_the_most(excess):
    body = b'{"a": "' + b"x" * (LIMIT_BYTES - 9 + excess) + b'"}'
    assert len(body) == LIMIT_BYTES + excess
    half = len(body) // 2

    for parts in ((body,), (body[:half], body[half:])):
        if excess:
            with pytest.raises(BodyTooLarge):
                await read(*parts)
        else:
            assert await read(*parts)


async def test_a_declared_length_over_the_limit_is_refused_unread():
    with pytest.raises(BodyTooLarge):
        await read(b"{}", headers=[(b"content-length", b"1048577")])


async def test_a_body_that_breaks_off_is_refused():
    async def receive():
        return {"type": "http.disconnect"}

    with pytest.raises(InvalidRequest):
        await read_object([], receive)


@given(st.binary(max_size=200))
async def test_no_bytes_raise_anything_but_a_refusal(body):
    with contextlib.suppress(InvalidRequest):
        assert isinstance(await read(body), dict)


def test_unknown_members_are_all_named():
    with pytest.raises(InvalidRequest) as refused:
        only({"token": 1, "params": 2, "url": 3}, "token")

    assert [problem.path for problem in refused.value.details] == ["params", "url"]
