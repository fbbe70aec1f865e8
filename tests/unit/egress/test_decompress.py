import contextlib
import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deftly.egress.decompress import decoder_for
from deftly.errors import EgressFailed, ResponseTooLarge


def zipped(data: bytes) -> bytes:
    # Without the time: the ids of the tests are the same for every worker.
    return gzip.compress(data, mtime=0)


BODY = b'{"status": "shipped"}' * 40


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def unpack(encodings: list[str], data: bytes, limit: int = 100_000, step: int = 7) -> bytes:
    decoder = decoder_for(encodings, limit)
    for start in range(0, len(data), step):
        decoder.feed(data[start : start + step])
    return decoder.finish()


@pytest.mark.parametrize("step", [1, 7, 100_000])
@pytest.mark.parametrize(
    ("encodings", "packed"),
    [
        ([], BODY),
        ([""], BODY),
        (["identity"], BODY),
        (["gzip"], zipped(BODY)),
        (["GZip"], zipped(BODY)),
        (["x-gzip"], zipped(BODY)),
        (["identity, gzip"], zipped(BODY)),
        (["gzip"], zipped(BODY[:100]) + zipped(BODY[100:])),
        (["deflate"], zlib.compress(BODY)),
        (["deflate"], zlib.compress(BODY, wbits=9)),
        (["deflate"], raw_deflate(BODY)),
    ],
)
def test_an_answer_is_unpacked_however_it_is_cut(encodings, packed, step):
    assert unpack(encodings, packed, step=step) == BODY


@pytest.mark.parametrize(
    "encodings",
    [
        ["br"],
        ["zstd"],
        ["compress"],
        ["gzip, gzip"],
        ["gzip", "gzip"],
        ["deflate", "gzip"],
        ["gzip;q=1"],
        ["x"],
    ],
)
def test_a_packing_nobody_asked_for_is_refused(encodings):
    with pytest.raises(EgressFailed) as caught:
        decoder_for(encodings, 100)
    assert caught.value.verdict == "bad_response"


@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        ("gzip", BODY),
        ("gzip", zipped(BODY)[:-1]),
        ("gzip", zipped(BODY)[:-8] + b"\0" * 8),
        ("gzip", zipped(BODY)[:5]),
        ("gzip", zipped(BODY) + b"garbage"),
        ("gzip", zipped(b"") * 100),
        ("deflate", b"\xff" * 20),
        ("deflate", zlib.compress(BODY)[:-1]),
        ("deflate", zlib.compress(BODY) + b"x"),
        ("deflate", zlib.compress(BODY) * 2),
        ("deflate", raw_deflate(BODY)[:-3]),
    ],
)
def test_damaged_data_is_refused_not_guessed_at(encoding, data):
    with pytest.raises(EgressFailed) as caught:
        unpack([encoding], data)
    assert caught.value.verdict == "bad_response"


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zlib.compress, raw_deflate])
def test_the_limit_is_exact(pack):
    encoding = {bytes: "identity", gzip.compress: "gzip"}.get(pack, "deflate")
    assert len(unpack([encoding], pack(b"a" * 5_000), limit=5_000)) == 5_000
    with pytest.raises(ResponseTooLarge):
        unpack([encoding], pack(b"a" * 5_001), limit=5_000)
    with pytest.raises(ResponseTooLarge):
        unpack([encoding], pack(b"a" * 5_001), limit=5_000, step=100_000)


def test_members_of_a_gzip_stream_share_one_limit():
    with pytest.raises(ResponseTooLarge):
        unpack(["gzip"], zipped(b"a" * 1_000) * 6, limit=5_000)


def test_a_bomb_is_stopped_at_the_limit_not_after_it():
    bomb = zipped(b"\0" * 50_000_000)
    decoder = decoder_for(["gzip"], 10_000)
    with pytest.raises(ResponseTooLarge):
        decoder.feed(bomb)


@given(
    st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "identity"]), st.integers(1, 50)
)
def test_any_bytes_end_in_a_body_or_in_an_error_of_ours(data, encoding, step):
    with contextlib.suppress(EgressFailed, ResponseTooLarge):
        assert len(unpack([encoding], data, limit=200, step=step)) <= 200
