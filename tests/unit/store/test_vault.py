import base64
import stat
from pathlib import Path

import pytest

from deftly.errors import InvalidSettings
from deftly.store.vault import Vault, WrongKeyError, decode_key, read_or_make_key
from tests.contract.kit import Child

KEY = bytes(range(250, 256)) + bytes(26)


def test_what_was_sealed_opens_in_its_context_alone():
    vault = Vault(KEY)
    sealed = vault.seal("text ä", context=b"a")

    assert vault.open(sealed, context=b"a") == "text ä"
    assert b"text" not in sealed
    for other, context in ((Vault(bytes(32)), b"a"), (vault, b"b"), (vault, b"")):
        with pytest.raises(WrongKeyError):
            other.open(sealed, context=context)


def test_the_same_text_is_sealed_differently_each_time():
    vault = Vault(KEY)
    assert len({vault.seal("text", context=b"") for _ in range(100)}) == 100


@pytest.mark.parametrize("place", range(0, 32, 3))
def test_a_changed_bit_is_noticed(place: int):
    vault = Vault(KEY)
    sealed = bytearray(vault.seal("text", context=b"a"))
    sealed[place] ^= 1

    with pytest.raises(WrongKeyError):
        vault.open(bytes(sealed), context=b"a")


@pytest.mark.parametrize("length", [0, 11, 12, 13, 27])
def test_a_piece_is_not_the_whole(length: int):
    vault = Vault(KEY)
    with pytest.raises(WrongKeyError):
        vault.open(vault.seal("text", context=b"")[:length], context=b"")


@pytest.mark.parametrize(
    "text",
    [
        KEY.hex(),
        KEY.hex().upper(),
        f"  {KEY.hex()}\n",
        base64.b64encode(KEY).decode(),
        base64.b64encode(KEY).decode().rstrip("="),
        base64.urlsafe_b64encode(KEY).decode(),
    ],
)
def test_a_key_may_be_spelled_in_several_ways(text: str):
    assert decode_key(text) == KEY


@pytest.mark.parametrize(
    "text", ["", "x", "g" * 64, KEY.hex()[:-2], KEY.hex() + "00", "ä" * 43, "A" * 44, "A" * 42]
)
def test_what_is_no_key_is_refused(text: str):
    with pytest.raises(InvalidSettings, match="DEFTLY_KEY") as refusal:
        decode_key(text)
    assert len(text) < 2 or text not in refusal.value.message


def test_a_key_file_is_made_once_for_its_owner_alone(folder: Path):
    path = folder / "deftly.key"

    key = read_or_make_key(path)

    assert len(key) == 32
    assert read_or_make_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in folder.iterdir()] == ["deftly.key"]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o622])
def test_a_key_file_that_others_may_use_is_refused(folder: Path, mode: int):
    path = folder / "deftly.key"
    read_or_make_key(path)
    path.chmod(mode)

    with pytest.raises(InvalidSettings, match=r"run `chmod 600 \S+deftly\.key`"):
        read_or_make_key(path)


@pytest.mark.parametrize("content", [b"", b"\n", b"short", b"\xff" * 32])
def test_a_file_that_holds_no_key_is_left_as_it_is(folder: Path, content: bytes):
    path = folder / "deftly.key"
    path.write_bytes(content)
    path.chmod(0o600)

    with pytest.raises(InvalidSettings, match=r"deftly\.key"):
        read_or_make_key(path)
    assert path.read_bytes() == content


def test_a_folder_that_is_missing_is_named(folder: Path):
    with pytest.raises(InvalidSettings, match="folder"):
        read_or_make_key(folder / "no" / "deftly.key")


MAKE = """
import sys
from pathlib import Path
from deftly.store.vault import read_or_make_key

print("ready", flush=True)
sys.stdin.readline()
print(read_or_make_key(Path(sys.argv[1])).hex(), flush=True)
"""


@pytest.mark.slow
async def test_processes_that_start_at_once_agree_on_a_key(folder: Path):
    children = [Child(MAKE, str(folder / "deftly.key")) for _ in range(4)]
    for child in children:
        assert await child.line() == "ready"
    for child in children:
        child.go()

    keys = {await child.line() for child in children}

    assert keys == {read_or_make_key(folder / "deftly.key").hex()}
    for child in children:
        assert await child.ended() == 0
