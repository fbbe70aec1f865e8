import asyncio
import sqlite3
from pathlib import Path

import pytest

from deftly.errors import EgressDenied, InvalidRequest, InvalidSettings, NotFound
from tests.contract.kit import Store, opened

HOST = "api.example.com"


async def test_a_value_comes_back_for_its_hosts_alone(store: Store):
    info = await store.secrets.put("SHOP_KEY", "s3cr3t", [HOST, "Other.Example.com."])

    assert (info.name, info.version) == ("SHOP_KEY", 1)
    assert info.hosts == (HOST, "other.example.com")
    assert await store.secrets.reveal("SHOP_KEY", HOST) == "s3cr3t"
    assert await store.secrets.reveal("SHOP_KEY", "OTHER.example.com") == "s3cr3t"
    for host in ("evil.example", "x.api.example.com", "api.example.com.evil.example", ""):
        with pytest.raises(EgressDenied, match=f"SHOP_KEY is bound to {HOST}") as refusal:
            await store.secrets.reveal("SHOP_KEY", host)
        assert refusal.value.verdict == "blocked_host"


async def test_a_secret_without_hosts_belongs_to_the_first_that_gets_it(store: Store, other: Store):
    for n in range(10):
        await store.secrets.put(f"K{n}", "s3cr3t")
        hosts = [f"h{m}.example.com" for m in range(8)]
        answers = await asyncio.gather(
            *((store, other)[m % 2].secrets.reveal(f"K{n}", host) for m, host in enumerate(hosts)),
            return_exceptions=True,
        )
        assert answers.count("s3cr3t") == 1
        (info,) = [info for info in await store.secrets.list() if info.name == f"K{n}"]
        assert info.hosts == (hosts[answers.index("s3cr3t")],)


async def test_a_new_value_keeps_the_hosts_unless_others_are_given(store: Store):
    await store.secrets.put("K", "one", [HOST])

    assert (await store.secrets.put("K", "two")).hosts == (HOST,)
    assert await store.secrets.reveal("K", HOST) == "two"
    assert (await store.secrets.put("K", "three", ["b.example"])).hosts == ("b.example",)
    with pytest.raises(EgressDenied):
        await store.secrets.reveal("K", HOST)
    assert (await store.secrets.list())[0].version == 3


async def test_a_deleted_secret_is_gone(store: Store):
    await store.secrets.put("K", "one", [HOST])
    await store.secrets.reveal("K", HOST)
    assert await store.secrets.names() == {"K"}

    await store.secrets.delete("K")

    assert await store.secrets.names() == frozenset()
    with pytest.raises(NotFound, match="deftly secrets set K"):
        await store.secrets.reveal("K", HOST)
    with pytest.raises(NotFound):
        await store.secrets.delete("K")


async def test_another_process_soon_sends_the_new_value(store: Store, other: Store):
    await store.secrets.put("K", "one", [HOST])
    seen = [await other.secrets.reveal("K", HOST)]
    await store.secrets.put("K", "two")

    async with asyncio.timeout(1):
        while seen[-1] != "two":
            seen.append(await other.secrets.reveal("K", HOST))
            await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    ("name", "value", "hosts", "field"),
    [
        ("", "v", None, "name"),
        ("a b", "v", None, "name"),
        ("ä", "v", None, "name"),
        ("K\n", "v", None, "name"),
        ("__proto__", "v", None, "name"),
        ("K" * 65, "v", None, "name"),
        ("K", "", None, "value"),
        ("K", "a\nb", None, "value"),
        ("K", "a\x00b", None, "value"),
        ("K", "a\x7f", None, "value"),
        ("K", "\x85", None, "value"),
        ("K", "\ud800", None, "value"),
        ("K", "x" * 8193, None, "value"),
        ("K", "ä" * 4097, None, "value"),
        ("K", "v", [], "hosts"),
        ("K", "v", ["https://x.example"], "hosts"),
        ("K", "v", ["*.example"], "hosts"),
        ("K", "v", ["x.example/path"], "hosts"),
        ("K", "v", ["x.example", ""], "hosts"),
    ],
)
async def test_what_is_no_secret_is_refused(store: Store, name, value, hosts, field):
    with pytest.raises(InvalidRequest) as refusal:
        await store.secrets.put(name, value, hosts)
    assert [problem.path for problem in refusal.value.details] == [field]
    assert await store.secrets.list() == ()


@pytest.mark.parametrize("hosts", [["shop:8080"], ["127.0.0.1:9000"], ["[2001:db8::1]:8443"]])
async def test_a_host_may_have_a_port(store: Store, hosts: list[str]):
    await store.secrets.put("K", "v" * 8192, hosts)
    assert await store.secrets.reveal("K", hosts[0]) == "v" * 8192


def tamper(folder: Path, sql: str) -> None:
    connection = sqlite3.connect(folder / "deftly.db")
    with connection:
        connection.execute(sql)
    connection.close()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE secrets SET sealed = (SELECT max(sealed) FROM secrets WHERE name > 'A')",
        "UPDATE secrets SET sealed = zeroblob(40) WHERE name = 'A'",
        "UPDATE secrets SET sealed = x'00' WHERE name = 'A'",
        "UPDATE secrets SET sealed = substr(sealed, 1, length(sealed) - 1) WHERE name = 'A'",
        "UPDATE secrets SET version = 2 WHERE name = 'A'",
        """UPDATE secrets SET hosts = '["evil.example"]' WHERE name = 'A'""",
        "UPDATE secrets SET hosts = NULL WHERE name = 'A'",
    ],
)
async def test_a_row_that_was_tampered_with_reveals_nothing(store: Store, folder: Path, sql: str):
    await store.secrets.put("A", "a value", ["evil.example2"])
    await store.secrets.put("B", "b value", ["evil.example2"])
    tamper(folder, sql)

    for host in ("evil.example", "evil.example2"):
        with pytest.raises(InvalidSettings, match="deftly secrets set A"):
            await store.secrets.reveal("A", host)
    assert await store.secrets.reveal("B", "evil.example2") == "b value"
    await store.secrets.check_key()


async def test_a_wrong_key_is_told_before_anything_starts(folder: Path):
    async with opened(folder) as store:
        await store.secrets.check_key()
        await store.secrets.put("A", "value", [HOST])
    async with opened(folder, key=bytes(32)) as store:
        with pytest.raises(InvalidSettings, match=r"put back the deftly\.key"):
            await store.secrets.check_key()
        with pytest.raises(InvalidSettings, match="stored with"):
            await store.secrets.reveal("A", HOST)


async def test_a_value_is_nowhere_to_be_read(store: Store, folder: Path):
    value = "correct-horse-battery"
    await store.secrets.put("A", value)
    await store.secrets.reveal("A", HOST)

    assert value not in repr(vars(store.secrets))
    assert value not in repr(await store.secrets.list())
    await store.changes.close()
    await store.database.close()
    assert not (folder / "deftly.db-wal").exists()
    assert value.encode() not in (folder / "deftly.db").read_bytes()


async def test_a_secret_bound_to_a_port_is_sent_to_this_port_alone(store):
    await store.secrets.put("K", "value", hosts=["shop:8080", "[2606:4700::1]", "api.example.com"])

    for host in ("shop:8080", "[2606:4700::1]", "[2606:4700::1]:8443", "api.example.com:8443"):
        assert await store.secrets.reveal("K", host) == "value"
    for host in ("shop", "shop:8081", "[2606:4700::2]:8443", "api.example.com.evil.net:443"):
        with pytest.raises(EgressDenied):
            await store.secrets.reveal("K", host)


async def test_the_port_that_a_scheme_implies_is_a_port_like_others(store):
    await store.secrets.put("K", "value", hosts=["api.example.com:443", "shop:80"])

    for host in ("api.example.com:443", "shop:80"):
        assert await store.secrets.reveal("K", host) == "value"
    for host in ("api.example.com:80", "shop:443"):
        with pytest.raises(EgressDenied):
            await store.secrets.reveal("K", host)


@pytest.mark.parametrize(
    ("place", "bound"),
    [("shop:443", "shop"), ("shop:80", "shop"), ("shop:8443", "shop:8443"), ("[::1]:443", "[::1]")],
)
async def test_a_secret_is_bound_on_first_use_only_where_it_may_be(store, place, bound):
    await store.secrets.put("K", "value")

    with pytest.raises(EgressDenied, match="secrets set K --host"):
        await store.secrets.reveal("K", place, may_bind=False)
    await store.secrets.reveal("K", place)

    assert (await store.secrets.list())[0].hosts == (bound,)
    assert await store.secrets.reveal("K", place, may_bind=False) == "value"
