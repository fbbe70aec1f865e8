import http.client

import pytest
import yaml

from deftly.demo.directory import prepare, shop_port_of
from deftly.demo.running import sample_shop
from deftly.errors import InvalidSettings
from deftly.settings import load_settings

SIX = {
    "cancel_order", "create_return", "get_order_status",
    "get_product", "list_orders", "search_products",
}  # fmt: skip


def definitions_in(folder):
    return {
        file.stem: yaml.safe_load(file.read_text()) for file in (folder / "actions").glob("*.yaml")
    }


def test_a_new_directory_gets_six_actions_that_point_at_the_shop(tmp_path):
    prepare(tmp_path, 9123)

    definitions = definitions_in(tmp_path)
    assert set(definitions) == SIX
    for definition in definitions.values():
        assert definition["handler"]["url"].startswith("http://127.0.0.1:9123/")


def test_the_only_hole_in_the_guard_is_the_shop(tmp_path):
    prepare(tmp_path, 9123)

    assert load_settings({"dir": tmp_path}).egress_allow == ("127.0.0.1:9123",)
    assert shop_port_of(tmp_path) == 9123


def test_what_writes_asks_and_what_reads_does_not(tmp_path):
    prepare(tmp_path, 9123)

    for definition in definitions_in(tmp_path).values():
        writes = definition["handler"]["method"] != "GET"
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
