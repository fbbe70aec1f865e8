"""Targets that must not be reached: refused by name, recorded, and the server goes on."""

import httpx2
import pytest

from deftly.app import build_asgi, open_deftly
from deftly.domain.access import Scope
from deftly.settings import load_settings
from tests.world import Api, HandClock

ORDER = {"order_id": "A"}
NOT_PUBLIC = (
    "The host resolves to an address in a range that is not public ({}). "
    "An operator can make a precise exception in egress_allow."
)
METADATA = "an address in the link-local or metadata range, which is never open."
REFUSED_NAMES = [
    (("10.0.0.7",), NOT_PUBLIC.format("private")),
    (("::1",), NOT_PUBLIC.format("loopback")),
    (("93.184.215.14", "127.0.0.1"), NOT_PUBLIC.format("loopback")),
    (("169.254.169.254",), f"The host resolves to {METADATA}"),
]


class Names:
    """A name server of somebody else."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = addresses

    async def resolve(self, host: str, port: int) -> tuple[str, ...]:
        return self.addresses


@pytest.mark.parametrize(("addresses", "message"), REFUSED_NAMES, ids=str)
async def test_a_name_that_means_a_private_address_is_refused_and_recorded(
    folder, addresses, message
):
    refused = {"code": "blocked_address", "message": message}
    settings = load_settings({"dir": folder, "shutdown_grace_s": 1})
    clock = HandClock()
    async with open_deftly(settings, clock=clock, resolver=Names(*addresses)) as deftly:
        transport = httpx2.ASGITransport(build_asgi(deftly), raise_app_exceptions=False)
        nobody = Api(deftly, transport, clock, {})
        owner = await nobody.with_scopes(*Scope)
        runner = await nobody.with_scopes(Scope.RUN)
        await owner.create(url="https://rebinding.example.com/{{order_id}}")

        told = [await api.call("get_order", ORDER) for api in (owner, runner)]

        runs = (await owner.get("/api/runs")).json()["runs"]
        assert (await owner.get("/health/ready")).status_code == 200
    owned, ran = (answer.json() for answer in told)
    assert [answer.status_code for answer in told] == [200, 200]
    assert (owned["status"], owned["error"]) == ("failed", refused)
    assert (ran["status"], ran["error"]["code"]) == ("failed", "blocked")
    assert [run["error"] for run in runs] == [refused] * 2
    assert not any(address in answer.text for address in addresses for answer in told)


async def test_a_redirect_to_metadata_is_refused_and_recorded(api, upstream):
    await api.create(url=upstream.url("/{{order_id}}"))
    upstream.answers(b"", 302, Location="http://169.254.169.254/latest/meta-data/")

    answer = await api.call("get_order", ORDER)

    outcome = answer.json()
    run = (await api.get(f"/api/runs/{outcome['runId']}")).json()["run"]
    assert answer.status_code == 200
    assert (outcome["status"], run["status"]) == ("failed", "failed")
    assert outcome["error"] == run["error"]
    assert outcome["error"] == {
        "code": "blocked_redirect",
        "message": f"The answer redirects to a place that is refused. The host is {METADATA}",
    }
    assert upstream.seen == 1
    upstream.answers({"ok": True})
    assert (await api.call("get_order", ORDER)).json()["status"] == "succeeded"
