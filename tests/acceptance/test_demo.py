"""``deftly demo`` as a whole: a shop whose page has an assistant that answers."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from tests.acceptance.terminal import DEFTLY, deftly, environment

TAG = re.compile(r'<script src="(http://[^"]+)/embed\.js" data-agent="(pk_[^"]+)" defer></script>')


@dataclass
class Demo:
    """A demo that runs: where its shop and its server answer, and what it said before."""

    shop: str
    server: str
    said: str


@pytest.fixture
def demo(folder: Path) -> Iterator[Demo]:
    command = [DEFTLY, "demo", "--port", "0", "--dir", str(folder)]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment(),
    ) as process:
        assert process.stdout is not None
        said = ""
        for line in process.stdout:
            said += line
            if line.startswith("listening on "):
                break
        shop = re.search(r"http://127\.0\.0\.1:\d+", said)
        assert shop, said
        yield Demo(shop[0], said.split()[-1], said)
        process.terminate()


def test_the_printed_page_has_the_assistant_of_this_server(demo, folder):
    page = httpx2.get(demo.shop)

    found = TAG.search(page.text)
    assert found
    assert found[1] == demo.server
    script = httpx2.get(f"{found[1]}/embed.js", headers={"origin": demo.shop})
    assert script.headers["content-type"].startswith("text/javascript")
    visit = httpx2.post(
        f"{demo.server}/api/embed/session",
        json={"publishableKey": found[2]},
        headers={"origin": demo.shop},
    ).json()
    assert visit["agent"]["title"] == "Waypoint assistant"
    question = visit["agent"]["suggestedQuestions"][0]
    assert question == "Where is my order A-1042?"


def test_every_definition_of_the_demo_can_be_used(demo, folder):
    checked = deftly("doctor", folder=folder)

    assert checked.code == 0, checked.out
    assert "every file can be used" in checked.out
    listed = deftly("actions", "list", folder=folder).out
    for kind in ("http GET", "http POST", "client", "widget"):
        assert kind in listed


@pytest.mark.parametrize(
    ("call", "shown"),
    [
        (("get_order_status", "order_id=A-1042"), "JD014600003"),
        (("get_order_status", "order_id=A-1043"), "Being packed"),
        (("search_products", "query=headphones"), "Pocket Buds"),
        (("show_return_form", "order_id=A-1038"), "Merino Sweater"),
        (("leave_message", "about=A-1042"), "About: A-1042"),
    ],
)
def test_what_the_demo_shows_as_a_card_fits_its_widget(shop, folder, call, shown):
    told = deftly("call", *call, "--json", folder=folder)

    assert told.code == 0, told.err
    assert '"AdaptiveCard"' in told.out
    assert shown in told.out


def test_a_client_action_needs_a_browser(shop, folder):
    told = deftly("call", "add_to_cart", "product_id=P-101", folder=folder)

    assert told.code == 1
    assert "browser" in told.out + told.err
