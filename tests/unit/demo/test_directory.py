import http.client

import pytest
import yaml

from deftly.demo.directory import prepare, shop_port_of
from deftly.demo.running import sample_shop
from deftly.errors import InvalidSettings
from deftly.settings import load_settings

OF_THE_API = {
    "cancel_order", "create_return", "get_order_status",
    "get_product", "list_orders", "search_products", "show_return_form",
}  # fmt: skip
OF_THE_BROWSER = {"add_to_cart", "go_to_checkout", "prefill_email"}


def definitions_in(folder, kind="actions"):
    return {file.stem: yaml.safe_load(file.read_text()) for file in (folder / kind).glob("*.yaml")}


def handlers_in(folder):
    return {name: one["handler"] for name, one in definitions_in(folder).items()}


def test_a_new_directory_gets_actions_that_point_at_the_shop(tmp_path):
    prepare(tmp_path, 9123)

    handlers = handlers_in(tmp_path)
    assert set(handlers) == OF_THE_API | OF_THE_BROWSER | {"leave_message"}
    for name in OF_THE_API:
        assert handlers[name]["url"].startswith("http://127.0.0.1:9123/")


def test_every_widget_an_action_shows_is_there_and_the_other_way_round(tmp_path):
    prepare(tmp_path, 9123)

    shown = {one["widget"] for one in definitions_in(tmp_path).values() if "widget" in one}
    assert shown == set(definitions_in(tmp_path, "widgets"))


def test_the_agent_may_be_embedded_in_the_shops_page_alone(tmp_path):
    prepare(tmp_path, 9123)

    (agent,) = definitions_in(tmp_path, "agents").values()
    assert agent["allowedOrigins"] == ["http://127.0.0.1:9123", "http://localhost:9123"]


def test_the_only_hole_in_the_guard_is_the_shop(tmp_path):
    prepare(tmp_path, 9123)

    assert load_settings({"dir": tmp_path}).egress_allow == ("127.0.0.1:9123",)
    assert shop_port_of(tmp_path) == 9123


def test_what_writes_asks_and_what_reads_does_not(tmp_path):
    prepare(tmp_path, 9123)

    for definition in definitions_in(tmp_path).values():
        writes = definition["handler"].get("method", "GET") != "GET"
        assert definition["executionMode"] == ("confirm" if writes else "auto")


def test_the_shop_answers_where_the_directory_says(tmp_path):
    with sample_shop(tmp_path) as running:
        assert running.port == shop_port_of(tmp_path)
        connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=5)
        connection.request("GET", "/orders/A-1042")
        assert b"shipped" in connection.getresponse().read()
        connection.close()


def test_two_demos_at_once_get_a_port_each(tmp_path):
    with sample_shop(tmp_path / "one") as one, sample_shop(tmp_path / "two") as two:
        assert one.port != two.port


def test_an_existing_directory_is_used_as_it_is(tmp_path):
    with sample_shop(tmp_path) as first:
        port = first.port
    mine = tmp_path / "actions" / "get_product.yaml"
    mine.write_text("# mine\n" + mine.read_text())
    (tmp_path / "actions" / "list_orders.yaml").unlink()

    with sample_shop(tmp_path) as second:
        assert second.port == port

    assert mine.read_text().startswith("# mine\n")
    assert not (tmp_path / "actions" / "list_orders.yaml").exists()


def test_a_second_demo_on_the_same_directory_is_refused_with_a_way_out(tmp_path):
    with (
        sample_shop(tmp_path),
        pytest.raises(InvalidSettings, match="another demo may be running"),
        sample_shop(tmp_path),
    ):
        pass


def test_a_directory_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "actions").mkdir()

    with pytest.raises(InvalidSettings, match="no demo directory"), sample_shop(tmp_path):
        pass

    assert list((tmp_path / "actions").iterdir()) == []


def test_a_directory_that_cannot_be_made_is_named(tmp_path):
    blocker = tmp_path / "file"
    blocker.touch()

    with pytest.raises(InvalidSettings, match="cannot be written"), sample_shop(blocker / "demo"):
        pass
