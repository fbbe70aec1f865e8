"""Stand-ins for the network: DNS by hand, a dialer that writes down, servers on loopback."""

import asyncio
import datetime as dt
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from deftly.egress.client import GuardedClient
from deftly.egress.dial import Dialled
from deftly.egress.hosts import IPAddress
from deftly.egress.message import OutboundRequest
from deftly.egress.policy import Policy, parse_allow
from deftly.egress.url import parse_url
from deftly.errors import EgressFailed

PUBLIC = "93.184.215.14"
# Reading the system's authorities for every test takes longer than all the rest.
TRUSTS_NOBODY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

Answer = Callable[[bytes], bytes]
Conversation = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class FakeResolver:
    """Answers look-ups from lists; the last list of a name goes on being its answer."""

    answers: Mapping[str, Sequence[Sequence[str]]]
    otherwise: Sequence[str] | None = None
    asked: list[str] = field(default_factory=list)

    async def resolve(self, host: str, port: int) -> tuple[str, ...]:
        turns = self.answers.get(host)
        earlier = self.asked.count(host)
        self.asked.append(host)
        await asyncio.sleep(0)
        if turns:
            return tuple(turns[min(earlier, len(turns) - 1)])
        if self.otherwise is not None:
            return tuple(self.otherwise)
        raise EgressFailed("dns_failed", "The host is not known.")


@dataclass
class RecordingDialer:
    """Writes down every dial; leads all of them to one loopback port, or nowhere."""

    leads_to: int | None = None
    pretends_peer: IPAddress | None = None
    dead: frozenset[str] = frozenset()
    dialled: list[tuple[str, int]] = field(default_factory=list)

    async def dial(self, address: IPAddress, port: int) -> Dialled:
        self.dialled.append((str(address), port))
        if self.leads_to is None or str(address) in self.dead:
            raise ConnectionRefusedError("nobody here")
        opened = socket.socket()
        opened.settimeout(0)
        try:
            loop = asyncio.get_running_loop()
            await loop.sock_connect(opened, ("127.0.0.1", self.leads_to))
        except BaseException:
            opened.close()
            raise
        return Dialled(opened, self.pretends_peer or address, port)


class HandClock:
    """Stands still until it is turned."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def now(self) -> dt.datetime:
        return dt.datetime(2026, 1, 1, tzinfo=dt.UTC)

    def monotonic_s(self) -> float:
        return self.seconds


@dataclass
class Upstream:
    """A server on loopback, and what it was sent on how many connections."""

    answer: Answer | None
    converse: Conversation | None
    port: int = 0
    requests: list[bytes] = field(default_factory=list)
    connections: int = 0
    met: asyncio.Event = field(default_factory=asyncio.Event)
    running: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def heads(self) -> list[str]:
        return [request.partition(b"\r\n\r\n")[0].decode("latin-1") for request in self.requests]

    def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.met.set()
        task = asyncio.get_running_loop().create_task(self.talk(reader, writer))
        self.running.add(task)
        task.add_done_callback(self.running.discard)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await (self.converse or self.go_on_answering)(reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()

    async def go_on_answering(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        assert self.answer is not None
        while True:
            request = await read_request(reader)
            self.requests.append(request)
            writer.write(self.answer(request))
            await writer.drain()


def reply(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def once(*parts: bytes) -> Conversation:
    """Read one request, write the parts, close."""

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        for part in parts:
            writer.write(part)
            await writer.drain()

    return converse


async def read_request(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            return head + await reader.readexactly(int(line.partition(b":")[2]))
    return head


@asynccontextmanager
async def upstream(
    answer: Answer | None = None,
    *,
    converse: Conversation | None = None,
    tls: ssl.SSLContext | None = None,
) -> AsyncIterator[Upstream]:
    """Serve `answer` to every request, or lead a whole connection's conversation."""
    served = Upstream(answer, converse)
    server = await asyncio.start_server(served.accept, "127.0.0.1", 0, ssl=tls)
    served.port = server.sockets[0].getsockname()[1]
    try:
        yield served
    finally:
        await settle()
        server.close()
        for task in served.running:
            task.cancel()
        await asyncio.gather(*served.running, return_exceptions=True)
        await settle()


async def settle() -> None:
    """Let everything that is already on its way over loopback arrive."""
    for _ in range(20):
        await asyncio.sleep(0)


@asynccontextmanager
async def guard(
    *,
    resolver: FakeResolver | None = None,
    dialer: RecordingDialer | None = None,
    allow: Sequence[str] = (),
    tls: ssl.SSLContext | None = None,
    clock: HandClock | None = None,
    own: frozenset[IPAddress] = frozenset(),
) -> AsyncIterator[GuardedClient]:
    client = GuardedClient(
        policy=Policy(allow=parse_allow(allow), own_addresses=own),
        resolver=resolver or FakeResolver({}, otherwise=(PUBLIC,)),
        dialer=dialer,
        tls=tls or TRUSTS_NOBODY,
        clock=clock,
    )
    try:
        yield client
    finally:
        await client.close()


def get(url: str, **more: object) -> OutboundRequest:
    return OutboundRequest("GET", parse_url(url), **more)  # type: ignore[arg-type]


def certificates(folder: Path, names: Sequence[str]) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Return contexts of a server that is all of these names, and of a client that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "deftly tests")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName(name) for name in names]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(file)
    return server, ssl.create_default_context(cafile=str(file))
