import httpx2
import pytest

from deftly.agent.models.keys import BEARER, Credential, ModelKey
from deftly.agent.models.transport import ProviderTransport
from deftly.errors import ModelUnavailable

KEY = "sk-live-0123456789abcdef"
BASE = "https://llm.example.com/v1"


async def sent(url, *, base=BASE, credential=BEARER, key=KEY, status=200, body=b"{}", **headers):
    """Return the request as it left and the answer as the library gets it."""
    left = []

    def answer(request):
        left.append(request)
        return httpx2.Response(status, content=body, headers={"retry-after": "16"})

    inner = httpx2.MockTransport(answer)
    transport = ProviderTransport(base, ModelKey(key), credential, inner=inner)
    async with httpx2.AsyncClient(transport=transport, trust_env=False) as client:
        told = await client.post(url, content=b"hi", headers=headers)
    return left[0], told


ELSEWHERE = [
    "https://evil.example.com/v1/chat",
    "http://llm.example.com/v1/chat",
    "https://llm.example.com:8443/v1/chat",
    "https://llm.example.com.evil.example/v1",
    "https://evil@llm.example.com.evil.example/v1",
    "http://127.0.0.1/v1",
]


@pytest.mark.parametrize("url", ELSEWHERE)
async def test_a_request_to_another_origin_is_refused(url):
    with pytest.raises(ModelUnavailable, match="another server"):
        await sent(url)


async def test_only_known_headers_leave_and_the_key_is_put_in():
    request, _ = await sent(
        f"{BASE}/chat",
        **{
            "Authorization": "Bearer other",
            "X-Api-Key": "other",
            "Cookie": "a=b",
            "OpenAI-Organization": "other",
            "Host": "other.example",
            "Content-Type": "application/json",
        },
    )

    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert request.headers["host"] == "llm.example.com"
    assert request.headers["content-type"] == "application/json"
    assert "other" not in str(request.headers.raw)
    assert "cookie" not in request.headers


@pytest.mark.parametrize("header", ["x-api-key", "x-goog-api-key"])
async def test_each_provider_gets_the_key_in_its_own_header(header):
    request, _ = await sent(f"{BASE}/chat", credential=Credential(header))

    assert request.headers[header] == KEY
    assert "authorization" not in request.headers


ECHOES = [KEY.encode(), KEY.encode().hex().encode(), b"\xff" + KEY.encode()]


@pytest.mark.parametrize("echo", ECHOES)
async def test_a_refusal_is_told_without_the_key(echo):
    _, told = await sent(f"{BASE}/chat", status=401, body=b'{"error": "' + echo + b'"}')

    assert told.status_code == 401
    assert "secret model_api_key" in told.text
    assert KEY not in told.text


async def test_a_long_wait_is_not_waited_for():
    _, told = await sent(f"{BASE}/chat", status=429)

    assert told.headers["x-should-retry"] == "false"


async def test_a_huge_refusal_is_cut():
    _, told = await sent(f"{BASE}/chat", status=500, body=b"x" * 1_000_000)

    assert len(told.content) == 64 * 1024


async def test_without_a_key_nothing_is_sent_for_one():
    request, _ = await sent(f"{BASE}/chat", key="", Authorization="Bearer other")

    assert "authorization" not in request.headers
