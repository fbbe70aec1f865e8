"""Widgets' files edited by hand: live within a second, and a broken one changes nothing."""

import pytest

from tests.by_hand import LIVE_S, PATIENCE_S, complained
from tests.rest.widget_kit import CARD, CARD_FILE, WIDGETS, create
from tests.rights import binding_rights
from tests.world import running_world, until

# What is written, what is said of it, and the line it is said of.
BROKEN = [
    ("template: [\n", "bracket", 1),
    ("- a\n", "widgets/order_card.yaml", 1),
    ("title: Order\n", "template", None),
    ("template: {type: AdaptiveCard}\ntitel: Order\n", "titel is not a known key", 2),
    ("template: {type: AdaptiveCard}\nname: other\n", "make them the same", 2),
    ('template:\n  type: AdaptiveCard\n  body:\n  - text: "${a"\n', "template.body[0].text", 4),
    ("template: {type: AdaptiveCard}\ndataSchema:\n  type: pigeon\n", "dataSchema", 3),
    ("template: {type: AdaptiveCard}\n\nid: 5\n", "id", 3),
]


def write(folder, text, name="order_card.yaml"):
    (folder / "widgets").mkdir(exist_ok=True)
    path = folder / "widgets" / name
    path.write_text(text)
    return path


async def widgets_of(api):
    return {one["name"]: one for one in (await api.get(WIDGETS)).json()["widgets"]}


async def shown(api, name="order_card", within_s=PATIENCE_S, **fields):
    """Wait until a widget is there with these fields."""

    async def there():
        widget = (await widgets_of(api)).get(name)
        return widget is not None and fields.items() <= widget.items()

    await until(there, within_s)
    return (await widgets_of(api))[name]


@pytest.mark.speed
async def test_a_file_written_by_hand_is_live_within_a_second(api, folder):
    path = write(folder, CARD_FILE)
    first = await shown(api, within_s=LIVE_S, title="Order", version=1)

    write(folder, CARD_FILE.replace("title: Order", "title: Yours"))
    second = await shown(api, within_s=LIVE_S, title="Yours", version=2)

    assert [first[name] for name in ("id", "createdAt")] == [
        second[name] for name in ("id", "createdAt")
    ]
    path.unlink()

    async def gone():
        return not await widgets_of(api)

    await until(gone, within_s=LIVE_S)


@pytest.mark.parametrize(("text", "said", "line"), BROKEN)
async def test_a_broken_file_leaves_its_last_good_version_live_over_a_restart(
    folder, text, said, line
):
    write(folder, CARD_FILE)
    async with running_world(folder) as api:
        good = await shown(api)
        write(folder, text)
        told = await complained(api, "widgets/order_card.yaml")
        edited = await api.put(CARD, {"title": "T"})
        problem = (await api.get(CARD)).json()["fileProblem"]

        assert said in str(told)
        assert told["widgets/order_card.yaml"]["stillLive"] is True
        assert told["widgets/order_card.yaml"]["line"] == line
        assert problem == told["widgets/order_card.yaml"]
        assert (await widgets_of(api))["order_card"] == good
        assert (edited.status_code, edited.json()["code"]) == (409, "conflict")
    async with running_world(folder) as api:
        assert (await widgets_of(api))["order_card"] == good
        assert api.deftly.widgets.find("order_card").template is not None
        write(folder, CARD_FILE.replace("title: Order", "title: Yours"))
        await shown(api, title="Yours", version=2)
        await complained(api)


async def test_a_widget_that_never_was_usable_is_not_there_and_says_why(folder):
    write(folder, "template: [\n")
    async with running_world(folder) as api:
        read = await api.get(CARD)

        assert await widgets_of(api) == {}
        assert (read.status_code, read.json()["code"]) == (404, "not_found")
        assert "its file cannot be used" in read.json()["error"]


async def test_a_copied_file_does_not_take_over_the_original(api, folder):
    await create(api, action=False)
    original = (folder / "widgets" / "order_card.yaml").read_text()

    write(folder, original.replace("name: order_card", "name: annex"), "annex.yaml")

    told = await complained(api, "widgets/annex.yaml")
    assert "taken by order_card.yaml" in told["widgets/annex.yaml"]["message"]
    assert set(await widgets_of(api)) == {"order_card"}


@pytest.mark.parametrize("name", ["Order Card.yaml", "a-b.yaml", "ü.yaml", "a" * 61 + ".yml"])
async def test_a_file_whose_name_is_no_widgets_name_is_told(api, folder, name):
    write(folder, CARD_FILE, name)

    told = await complained(api, f"widgets/{name}")
    assert "A widget is named after its file" in told[f"widgets/{name}"]["message"]
    assert await widgets_of(api) == {}


async def test_two_processes_see_each_others_widgets(folder):
    async with running_world(folder) as one, running_world(folder) as other:
        await create(one, title="A", action=False)
        await shown(other, title="A")
        await other.put(CARD, {"title": "B"})

        await shown(one, title="B")
        assert await widgets_of(one) == await widgets_of(other)


async def test_a_folder_that_cannot_be_written_refuses_edits(folder):
    write(folder, CARD_FILE)
    with binding_rights():
        async with running_world(folder) as api:
            (folder / "widgets" / "order_card.yaml").chmod(0o444)
            (folder / "widgets").chmod(0o555)

            refused = [
                await api.put(CARD, {"title": "T"}),
                await api.post(WIDGETS, {"name": "other", "template": {"type": "AdaptiveCard"}}),
                await api.request("DELETE", CARD),
            ]
            codes = {(one.status_code, one.json()["code"]) for one in refused}
            assert codes == {(409, "read_only")}
            assert (folder / "widgets" / "order_card.yaml").read_text() == CARD_FILE
            (folder / "widgets").chmod(0o755)
