"""A visitor is who the owner's server has signed, and nobody else."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from deftly.domain.access import Scope
from deftly.domain.identity import claim_of, identity_secret, verified
from deftly.domain.visitor import Visitor
from deftly.errors import NotAllowed
from deftly.values import JsonObject
from tests.visiting import SHOP, ask_in, embed_agent, enter, signature, signed

METADATA: JsonObject = {
    "plan": "gold",
    "since": 2019,
    "vip": True,
    "name": 'Zoë "Z" \\ \u2028 </script>',
}


@pytest.fixture
async def agent(api):
    return await embed_agent(api, SHOP, "https://other.example.com")


async def secret_of(api, agent) -> str:
    told = (await api.get(f"/api/agents/{agent['name']}/identity-secret")).json()
    return str(told["secret"])


def canonical(user_id: str, metadata: object) -> str:
    given = {"user_id": user_id, "user_metadata": metadata}
    return json.dumps(given, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


async def test_a_signed_user_is_identified(api, agent):
    session = await enter(api, agent, identity=await signed(api, agent, "ada"))

    assert session["identified"] is True
    assert session["user"] == {"id": "ada"}


async def test_metadata_is_believed_only_where_it_is_signed(api, agent):
    secret = await secret_of(api, agent)
    whole = signature(secret, canonical("ada", METADATA))
    alone = signature(secret, "ada")

    def of(user_hash, metadata):
        return {"user_id": "ada", "user_hash": user_hash, "user_metadata": metadata}

    both = await enter(api, agent, identity=of(whole, METADATA))
    unsigned = await enter(api, agent, identity=of(alone, METADATA))
    changed = await ask_in(api, agent, identity=of(whole, {**METADATA, "plan": "platinum"}))
    dropped = await ask_in(api, agent, identity={"user_id": "ada", "user_hash": whole})

    assert both["user"] == {**METADATA, "id": "ada"}
    assert unsigned["user"] == {"id": "ada"}
    assert (changed.status_code, dropped.status_code) == (403, 403)


async def wrong_hashes(api, agent) -> dict[str, str]:
    secret = await secret_of(api, agent)
    right = signature(secret, "ada")
    other = await embed_agent(api, name="back-office")
    return {
        "of another user": signature(secret, "bob"),
        "with another secret": signature("secret", "ada"),
        "with another agent's secret": signature(await secret_of(api, other), "ada"),
        "with the publishable key": signature(agent["publishableKey"], "ada"),
        "without a secret": signature("", "ada"),
        "truncated": right[:-1],
        "upper case": right.upper(),
        "longer": right + "0",
        "with a blank": f"{right} ",
        "empty": "",
        "not ASCII": "é" * 64,
        "a surrogate": "\ud800",
    }


async def test_a_wrong_hash_is_refused_and_nobody_is_identified(api, agent):
    for how, user_hash in (await wrong_hashes(api, agent)).items():
        identity = {"user_id": "ada", "user_hash": user_hash}
        answer = await ask_in(api, agent, identity=identity)

        assert answer.status_code in {400, 403}, how
        assert "token" not in answer.json(), how


async def test_a_user_s_name_cannot_pass_for_a_signature_of_more(api, agent):
    """Somebody called like the longer form would have it signed by the owner's server."""
    name = canonical("admin", {})
    secret = await secret_of(api, agent)

    as_name = await ask_in(
        api, agent, identity={"user_id": name, "user_hash": signature(secret, name)}
    )

    assert as_name.status_code == 400


BAD_METADATA = [
    "gold",
    ["gold"],
    {"id": "admin"},
    {"__proto__": "x"},
    {"a b": "x"},
    {"": "x"},
    {"a": {"b": 1}},
    {"a": [1]},
    {"a": None},
    {"a": 1.5},
    {"a": 2**60},
    {"a": "x" * 501},
    {f"n{n}": 1 for n in range(21)},
]


@pytest.mark.parametrize("metadata", BAD_METADATA, ids=lambda given: str(given)[:40])
async def test_metadata_that_two_languages_would_write_differently_is_refused(api, agent, metadata):
    identity = {**await signed(api, agent, "ada"), "user_metadata": metadata}

    answer = await ask_in(api, agent, identity=identity)

    assert answer.status_code == 400
    assert answer.json()["error"].startswith("identity.user_metadata")


async def test_only_an_owner_sees_the_secret(api, agent):
    editor = await api.with_scopes(*(set(Scope) - {Scope.OWN}))

    refused = await editor.get("/api/agents/front-desk/identity-secret")
    nobody = await api.get("/api/agents/nobody/identity-secret")

    assert (refused.status_code, nobody.status_code) == (403, 404)
    assert await secret_of(api, agent) not in (await api.get("/api/agents/front-desk")).text


async def test_another_version_is_another_secret(api, agent):
    identity = await signed(api, agent, "ada")
    before = await secret_of(api, agent)

    saved = await api.put("/api/agents/front-desk", {"identityVersion": 2})

    assert saved.json()["agent"]["identityVersion"] == 2
    assert await secret_of(api, agent) != before
    assert (await ask_in(api, agent, identity=identity)).status_code == 403
    assert (await ask_in(api, agent, identity=await signed(api, agent, "ada"))).status_code == 200


async def noted(api, session, agent, user: str | None = None) -> None:
    """Have the visitor written something."""
    values = None if user is None else {"id": user}
    visitor = Visitor(session["visitorId"], agent["id"], SHOP, values)
    await api.deftly.stores.visitors.note(visitor, "n-1")


async def test_a_conversation_goes_on_when_somebody_signs_in(api, agent):
    stranger = await enter(api, agent)
    identity = await signed(api, agent, "ada")

    known = await enter(api, agent, resume=stranger["resume"], identity=identity)
    reload = await enter(api, agent, resume=known["resume"], identity=identity)

    assert stranger["visitorId"] == known["visitorId"] == reload["visitorId"]


async def test_nobody_sees_what_was_said_before_somebody_signed_out(api, agent):
    stranger = await enter(api, agent)
    ada = await signed(api, agent, "ada")
    known = await enter(api, agent, resume=stranger["resume"], identity=ada)
    await noted(api, known, agent, "ada")

    for resume in (known["resume"], stranger["resume"]):
        after = await enter(api, agent, resume=resume)
        assert after["visitorId"] != known["visitorId"]
        assert after["identified"] is False


async def test_another_user_of_the_same_browser_is_another_visitor(api, agent):
    ada = await enter(api, agent, identity=await signed(api, agent, "ada"))
    identity = await signed(api, agent, "bob")

    bob = await enter(api, agent, resume=ada["resume"], identity=identity)

    assert bob["visitorId"] != ada["visitorId"]
    assert bob["user"] == {"id": "bob"}


async def test_a_user_is_the_same_visitor_in_another_browser(api, agent):
    first = await enter(api, agent, identity=await signed(api, agent, "ada"))
    await noted(api, first, agent, "ada")
    elsewhere = await enter(api, agent)

    identity = await signed(api, agent, "ada")
    second = await enter(api, agent, resume=elsewhere["resume"], identity=identity)
    other_page = await enter(api, agent, "https://other.example.com", identity=identity)

    assert second["visitorId"] == first["visitorId"]
    assert other_page["visitorId"] != first["visitorId"]


DOCUMENT = Path(__file__).parents[2] / "docs/embed.md"
# The command, the language of its snippet in the document, and how its function is tried.
SERVERS = {
    "python": ((sys.executable, "-c"), "python", "import sys\nprint(sign({}))", "sys.argv[{}]"),
    "node": (("node", "-e"), "js", "console.log(sign({}))", "process.argv[{}]"),
}
READ = {"python": "json.loads({})", "node": "JSON.parse({})"}


def program(language: str) -> list[str]:
    command, fence, call, argument = SERVERS[language]
    snippets = re.findall(rf"```{fence}\n(.*?)```", DOCUMENT.read_text(), re.DOTALL)
    (snippet,) = [one for one in snippets if "sign(secret" in one]
    metadata = READ[language].format(argument.format(3))
    given = ", ".join([argument.format(1), argument.format(2), metadata])
    return [*command, f"{snippet}\n{call.format(given)}"]


@pytest.mark.parametrize("language", SERVERS)
def test_a_server_of_either_language_signs_as_the_document_shows(language):
    if shutil.which(program(language)[0]) is None:
        pytest.skip("this language is not installed")
    secret = identity_secret(b"k" * 32, "5b0e", 1)
    given = [secret, "ada", json.dumps(METADATA)]

    made = subprocess.run([*program(language), *given], capture_output=True, text=True, check=True)

    made_hash = made.stdout.strip()
    identity: JsonObject = {"user_id": "ada", "user_hash": made_hash, "user_metadata": METADATA}
    assert verified(claim_of(identity), secret) == {**METADATA, "id": "ada"}
    with pytest.raises(NotAllowed):
        verified(claim_of({**identity, "user_id": "bob"}), secret)
