"""A fault of our own is told with a reference; the log has the rest."""

import json

import httpx2
import pytest
import structlog

from deftly.app.backing import backing_of
from deftly.rest.front import Front
from tests.world import BASE_URL


async def broken(scope, receive, send):
    message = "dk_a-key-that-nobody-may-see"
    raise RuntimeError(message)


async def broken_half_way(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await broken(scope, receive, send)


async def test_an_unexpected_fault_is_told_with_a_reference(api):
    transport = httpx2.ASGITransport(Front(backing_of(api.deftly), broken))
    with structlog.testing.capture_logs() as lines:
        async with httpx2.AsyncClient(transport=transport, base_url=BASE_URL) as http:
            answer = await http.get("/api/tools")

    assert answer.status_code == 500
    assert answer.json()["code"] == "internal_error"
    assert "nobody-may-see" not in answer.text
    (line,) = lines
    assert line["reference"] in answer.json()["error"]
    assert line["path"] == "/api/tools"


async def test_a_fault_after_the_answer_has_begun_breaks_the_connection(api):
    transport = httpx2.ASGITransport(Front(backing_of(api.deftly), broken_half_way))
    async with httpx2.AsyncClient(transport=transport, base_url=BASE_URL) as http:
        with pytest.raises(RuntimeError):
            await http.get("/api/tools")


def test_no_credential_is_in_a_log_line():
    from deftly.app.logs import Redacting
    from deftly.engine.redaction import Redactor

    line = {
        "event": "Bearer abc.def failed for dk_0123456789abcdef0123",
        "token": "short",
        "headers": {"X-Api-Key": "k", "cookie": "c", "accept": "json"},
        "exception": "Traceback … " + "A" * 43,
        "values": ["the-model-key", 5],
    }

    told = Redacting(Redactor({"model_api_key": "the-model-key"}))(None, "info", line)

    text = json.dumps(told)
    hidden = ("abc.def", "0123456789abcdef", "short", '"k"', '"c"', "AAAA", "the-model-key")
    assert [word for word in hidden if word in text] == []
    assert told["headers"]["accept"] == "json"
