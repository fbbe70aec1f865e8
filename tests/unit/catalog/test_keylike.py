"""What looks like a key is found wherever it stands, and what people write is left alone."""

import random
import string

import pytest

from deftly.catalog.porting.keylike import has_key, without_keys

ALPHABETS = {
    "letters and digits": string.ascii_letters + string.digits,
    "small letters and digits": string.ascii_lowercase + string.digits,
    "capitals and digits": string.ascii_uppercase + string.digits,
    "hexadecimal": "0123456789abcdef",
    "base64": string.ascii_letters + string.digits + "+/",
    "base64 of addresses": string.ascii_letters + string.digits + "-_",
}
AROUND = ["{}", "key {} here", '{{"a": "{}"}}', "x={}&y=1", "{}.", "https://a.example/{}/b"]


@pytest.mark.parametrize("alphabet", ALPHABETS.values(), ids=list(ALPHABETS))
@pytest.mark.parametrize("length", [32, 43, 64])
def test_what_chance_wrote_is_a_key(alphabet, length):
    chance = random.Random(length)
    keys = ["".join(chance.choices(alphabet, k=length)) for _ in range(300)]

    missed = [key for key in keys if not has_key(chance.choice(AROUND).format(key))]

    assert len(missed) <= 30


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize(
    "key",
    [
        "sk-proj-abcdefghijklmnopqrst",
        "sk_live_aaaaaaaaaaaaaaaaaaaa",
        "ghp_" + "a" * 36,
        "github_pat_" + "a" * 30,
        "xoxb-aaaaaaaaaa-bbbb",
        "AIza" + "b" * 35,
        "AKIAABCDEFGHIJKLMNOP",
        "glpat-abcdefghijklmnopqrst",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.abc",
    ],
)
def test_a_key_of_a_known_issuer_is_taken_whole(key, around):
    text = around.format(key)

    assert without_keys(text, lambda _: "KEY").replace("KEY", key) == text
    assert without_keys(text, lambda _: "KEY") == around.format("KEY")


def test_a_private_key_is_a_key_with_all_its_lines():
    text = "a -----BEGIN RSA PRIVATE KEY-----\nabc\ndef\n-----END RSA PRIVATE KEY----- b"

    assert without_keys(text, lambda _: "KEY") == "a KEY b"


@pytest.mark.parametrize("text", ["Basic dXNlcjpwYXNzd29yZA==", "bearer abcdef123456"])
def test_behind_its_scheme_a_short_one_is_a_key_too(text):
    scheme = text.split(" ", maxsplit=1)[0]

    assert without_keys(text, lambda _: "KEY") == f"{scheme} KEY"


@pytest.mark.parametrize(
    "text",
    [
        "Looks up an order with Bearer authentication by its order_id, such as A-1042.",
        "https://api.example.com/v2/organizations/{{org}}/repositories/{{repo}}/pulls?per_page=100",
        "application/vnd.github.v3+json; charset=utf-8",
        "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
        "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48",
        "convertBase64ToUtf8AndSha256Hash",
        "getCustomerOrdersByDateRange2024",
        "GET_ORDER_STATUS_BY_CUSTOMER_V2_2024_10",
        "2024-06-20T12:00:00.000Z/2025-01-01T00:00:00Z",
        "{{secrets.GET_COIN_9f86d081884c7d659a2feaa0c55ad015}}",
        "{{a9f86d081884c7d659a2feaa0c55ad015}}",
        "query { orderByNumber(orderNumber: $number) { trackingNumber estimatedDelivery } }",
        "1234567890123456789012345678901234567890",
        "internationalizationconfiguration",
    ],
)
def test_what_people_write_is_none(text):
    assert without_keys(text, lambda _: "KEY") == text
