"""A key that a model wrote out is never in the draft, whatever field it put it into."""

import pytest

from tests.rest.test_generate import GENERATE, asking, proposes

KEYS = [
    "sk-proj-Zq8Vn2Lw7Rt5Xc3Bm9Kj4Hf6",
    "9f86d081884c7d659a2feaa0c55ad015",
    "kX82mQpL4vTz9WcR7sNb3YhJ6dGf1AeU",
]
URL = "https://api.coins.example.com"


def key_in_a_value(key):
    return {
        "header": {"headers": {"X-Shop": key}},
        "part of a header": {"headers": {"X-Shop": f"shop={key}; v=1"}},
        "query": {"url": f"{URL}/price?ids={{{{coin}}}}&shop={key}"},
        "part of a query value": {"url": f"{URL}/price?ids={{{{coin}}}}&f=a:{key}"},
        "member": {"method": "POST", "body": f'{{"shop": ["{key}"], "ids": "{{{{coin}}}}"}}'},
        "part of a member": {"method": "POST", "body": f'{{"q": "shop {key} {{{{coin}}}}"}}'},
        "form": {"method": "POST", "body": f"ids={{{{coin}}}}&shop={key}"},
        "text": {"method": "POST", "body": f"<shop k='{key}'>{{{{coin}}}}</shop>"},
    }


@pytest.mark.parametrize("place", key_in_a_value(""))
@pytest.mark.parametrize("key", KEYS)
async def test_where_a_secret_may_stand_a_placeholder_takes_its_place(folder, key, place):
    async with asking(folder, proposes(**key_in_a_value(key)[place])) as (api, provider):
        answer = await api.post(GENERATE, {"prompt": f"the price of a coin, with {key}"})

        assert answer.status_code == 200, answer.text
        assert len(provider.asked) == 1
        assert key not in answer.text
        assert "{{secrets.GET_CRYPTO_PRICE_" in str(answer.json()["generated"]["handler"])
        stored = await api.post("/api/custom-actions", answer.json()["generated"])
        assert stored.status_code == 200, stored.text


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("place", ["description", "similes", "parameters"])
async def test_in_words_it_is_left_out(folder, key, place):
    coin = {"name": "coin", "description": f"Such as bitcoin; the key is {key}.", "required": True}
    changes = {
        "description": {"description": f"Looks up a price with {key}."},
        "similes": {"similes": [f"PRICE WITH {key}"]},
        "parameters": {"parameters": [coin]},
    }[place]
    async with asking(folder, proposes(changes)) as (api, _):
        answer = await api.post(GENERATE, {"prompt": "the price of a coin"})

        assert answer.status_code == 200, answer.text
        assert key not in answer.text
        assert "a key was left out" in str(answer.json()["generated"][place])


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize(
    "bad",
    [
        lambda key: proposes(url=f"{URL}/{key}/price?ids={{{{coin}}}}"),
        lambda key: proposes(url=f"https://{key}.example.com/price?ids={{{{coin}}}}"),
        lambda key: proposes(url=f"https://user:{key}@coins.example.com/price"),
        lambda key: proposes(headers={f"X-{key}": "a"}),
        lambda key: proposes(method="POST", body=f'{{"{key}": "{{{{coin}}}}"}}'),
        lambda key: proposes(type="code", code=f"return fetch('{URL}', {{k: '{key}'}})"),
        lambda key: proposes(type="shell", command=f"curl -u {key} {URL}"),
        lambda key: proposes({"parameters": [{"name": f"p_{key}"}]}),
        lambda key: proposes({"name": f"GET_{key}"}),
    ],
    ids=["path", "host", "user", "header", "member", "code", "shell", "parameter", "name"],
)
async def test_elsewhere_the_model_has_to_answer_again_and_is_told_why(folder, key, bad):
    async with asking(folder, bad(key), proposes()) as (api, provider):
        answer = await api.post(GENERATE, {"prompt": "the price of a coin"})

        assert answer.status_code == 200, answer.text
        assert len(provider.asked) == 2
        assert key not in answer.text
    async with asking(folder, bad(key), bad(key)) as (api, _):
        answer = await api.post(GENERATE, {"prompt": "the price of a coin"})

        assert answer.status_code == 502
        assert key not in answer.text
