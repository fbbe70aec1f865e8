"""Bodies and arguments made to break something: refused in a sentence, at once."""

import time

import pytest

ACTIONS = "/api/custom-actions"
CALL = "/api/tools/get_order/call"
SOON_S = 2.0

NO_JSON = [
    (b'{"arguments":{"order_id":NaN}}', "unexpected character, expected a JSON value"),
    (b'{"arguments":{"order_id":-Infinity}}', ""),
    (b'{"arguments":{"order_id":1e999}}', "number is infinity when parsed as double"),
    (b'{"arguments":{"order_id":"\\ud800"}}', "no low surrogate in string"),
    (b'{"arguments":{"\\udfff":"a"}}', "invalid high surrogate in string"),
    (b'{"arguments":{"order_id":"\xed\xa0\x80"}}', "str is not valid UTF-8"),
    (b'{"arguments":{"order_id":"\xff"}}', "str is not valid UTF-8"),
    (b'{"arguments":', "unexpected end of data"),
    (b"[" * 500_000 + b"]" * 500_000, "depth limit exceeded"),
    (b'{"a":' * 150_000 + b"1" + b"}" * 150_000, "depth limit exceeded"),
]


@pytest.mark.parametrize(("body", "said"), NO_JSON, ids=range(len(NO_JSON)))
@pytest.mark.parametrize("path", [ACTIONS, CALL])
async def test_what_is_no_json_is_refused_and_the_server_goes_on(api, upstream, path, body, said):
    await api.create(url=upstream.url("/{{order_id}}"))

    answer = await api.post(path, body)

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request")
    assert answer.json()["error"].startswith(f"The body is no JSON: {said}")
    assert upstream.seen == 0
    assert (await api.call("get_order", {"order_id": "A"})).json()["status"] == "succeeded"


@pytest.mark.parametrize("path", [ACTIONS, CALL])
async def test_a_body_that_nests_too_deep_or_is_too_long_is_refused(api, path):
    await api.create()

    deep = await api.post(path, b'{"a":' * 65 + b"1" + b"}" * 65)
    long = await api.post(path, b'{"a":"' + b"x" * 1_048_576 + b'"}')

    assert (deep.status_code, deep.json()["error"]) == (
        400,
        "The body nests deeper than 64 levels; flatten it.",
    )
    assert (long.status_code, long.json()["error"]) == (413, "The body is over 1 MiB; send less.")


def asking_for(pattern: str) -> dict[str, object]:
    text = {"type": "string", "pattern": pattern}
    return {"inputSchema": {"type": "object", "properties": {"q": text}}}


CATASTROPHIC = [
    (r"^(a+)+$", "a" * 40_000 + "!"),
    (r"^(a|a?)+$", "a" * 200_000 + "!"),
    (r"^(a*)*$", "a" * 200_000 + "!"),
    (r"(x+x+)+y", "x" * 20_000),
    (r"^(?=(a+)+$)a*$", "a" * 5_000 + "!"),
    (r"(?=(?:a|a)*b)", "a" * 60),
    (r"^(?!(a|b|ab)*c)(a|b|ab)*c$", "ab" * 2_000 + "!"),
]


@pytest.mark.speed
@pytest.mark.parametrize(("pattern", "text"), CATASTROPHIC, ids=lambda value: value[:30])
async def test_a_pattern_and_a_text_made_for_it_are_answered_at_once(api, upstream, pattern, text):
    await api.create(url=upstream.url("/"), **asking_for(pattern))
    started_s = time.perf_counter()

    answer = await api.call("get_order", {"q": text})

    assert time.perf_counter() - started_s < SOON_S
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_arguments")
    assert answer.json()["error"].startswith(f"q must match the pattern {pattern}, unlike the text")
    assert len(answer.content) < 2_000
    assert upstream.seen == 0
    assert (await api.get("/health/ready")).status_code == 200


@pytest.mark.parametrize("pattern", [r"^(a|aa)+\1$", r"^(\w+\s?)*(?!z)$"])
async def test_a_pattern_that_could_take_for_ever_is_refused_when_saved(api, pattern):
    answer = await api.post(ACTIONS, {"name": "a", **_definition(), **asking_for(pattern)})

    assert answer.status_code == 400
    assert answer.json()["error"] == (
        "inputSchema.properties.q.pattern: checking it can take very long; avoid one repetition "
        "inside another; write a plainer pattern."
    )


def _definition() -> dict[str, object]:
    handler = {"type": "http", "url": "https://api.example.com/"}
    return {"description": "Look up.", "handler": handler}
