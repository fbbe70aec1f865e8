"""Secrets: written once, shown never, sent only to the hosts they are bound to."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol, cast

from deftly.domain.event import EventKind
from deftly.domain.secret import SecretInfo
from deftly.errors import EgressDenied, InvalidRequest, InvalidSettings, NotFound, Problem
from deftly.store import changes
from deftly.store.changes import Changes
from deftly.store.database import Database
from deftly.store.transaction import Row, Transaction
from deftly.store.vault import Vault, WrongKeyError
from deftly.values import canonical_json, dump_json, format_time, parse_json

VALUE_BYTES_MAX: Final = 8 * 1024
_NAME: Final = re.compile(r"(?!__)[A-Za-z0-9_-]{1,64}")
_HOST: Final = re.compile(r"[a-z0-9._-]{1,253}(:[0-9]{1,5})?|\[[0-9a-f:.]{2,45}\](:[0-9]{1,5})?")
# Behind a name, an IPv4 address or brackets.
_PORT: Final = re.compile(r"(?<=[^:]):[0-9]{1,5}$")
# A secret that is bound on first use belongs to the host, not to the port everybody uses.
_OWN_PORT: Final = re.compile(r"(?<=[^:]):(?:80|443)$")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")

_GET: Final = "SELECT * FROM secrets WHERE name = ?"
_LIST: Final = "SELECT * FROM secrets ORDER BY name"
_PUT: Final = """
    INSERT INTO secrets (name, id, version, hosts, sealed, created_at, updated_at)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (name) DO UPDATE SET version = excluded.version, hosts = excluded.hosts,
        sealed = excluded.sealed, updated_at = excluded.updated_at
    RETURNING *
"""
_BIND: Final = """
    UPDATE secrets SET hosts = ?, sealed = ? WHERE id = ? AND version = ? AND hosts IS NULL
"""
_DELETE: Final = "DELETE FROM secrets WHERE name = ?"


class Secrets(Protocol):
    """Stored credentials."""

    async def put(self, name: str, value: str, hosts: Iterable[str] | None = None) -> SecretInfo:
        """Store a value, the first or a new one.

        Args:
            name: 1 to 64 of ``A-Z a-z 0-9 _ -``, not starting with two underscores.
            value: 1 byte to 8 KiB of UTF-8 without control characters.
            hosts: The only hosts it is sent to, as ``host`` or ``host:port``. None keeps those
                it has; a secret that has none is bound to the first host it is sent to.

        Raises:
            InvalidRequest: Name, value or hosts are not of that form.
        """
        ...

    async def delete(self, name: str) -> None:
        """Remove a secret.

        Raises:
            NotFound: There is none with this name.
        """
        ...

    async def list(self) -> tuple[SecretInfo, ...]:
        """Return what may be told of each, by name."""
        ...

    async def names(self) -> frozenset[str]:
        """Return the names that have a value."""
        ...

    async def reveal(self, name: str, host: str, *, may_bind: bool = True) -> str:
        """Return the value for a request to the host; call it once the guard took the target.

        ``host`` names the port, the scheme's own too. A secret bound to a host is sent to
        all its ports, one bound to ``host:port`` to this one alone. A secret without hosts is
        bound to this host here and now (trust on first use), if it may be.

        Raises:
            NotFound: There is none with this name.
            EgressDenied: It is bound to other hosts, or to none and may not be bound.
            InvalidSettings: It was stored with another key.
        """
        ...


@dataclass(frozen=True, slots=True)
class _Revealed:
    """An opened row; ``hosts`` is None until it is bound."""

    id: str
    version: int
    hosts: tuple[str, ...] | None
    value: str = field(repr=False)


class SqliteSecrets:
    """``Secrets`` in the database, encrypted; values in use are kept in memory."""

    def __init__(self, database: Database, changes: Changes, vault: Vault) -> None:
        """Forget a cached value as soon as any process changes it."""
        self._database = database
        self._vault = vault
        self._cache: dict[str, _Revealed] = {}
        self._generation = 0
        changes.subscribe({EventKind.SECRET_CHANGED}, lambda event: self._forget(event.subject))

    async def put(self, name: str, value: str, hosts: Iterable[str] | None = None) -> SecretInfo:
        """See ``Secrets.put``."""
        check_secret(name, value)
        bound = None if hosts is None else _checked_hosts(hosts)
        fresh_id = self._database.ids.new_id()
        return await self._database.write(lambda tx: self._put(tx, name, value, bound, fresh_id))

    async def delete(self, name: str) -> None:
        """See ``Secrets.delete``."""

        def work(tx: Transaction) -> None:
            if tx.change(_DELETE, [name]) == 0:
                raise _missing(name)
            changes.append(tx, EventKind.SECRET_CHANGED, name, {"deleted": True})

        await self._database.write(work)

    async def list(self) -> tuple[SecretInfo, ...]:
        """See ``Secrets.list``."""
        return tuple(map(_info_of, await self._rows()))

    async def names(self) -> frozenset[str]:
        """See ``Secrets.names``."""
        return frozenset(row["name"] for row in await self._rows())

    async def reveal(self, name: str, host: str, *, may_bind: bool = True) -> str:
        """See ``Secrets.reveal``."""
        target = host.lower().rstrip(".")
        known = self._cache.get(name) or await self._load(name)
        while known.hosts is None:
            if not may_bind:
                raise _unbound(name)
            known = await self._bind(name, known, _OWN_PORT.sub("", target))
        if target not in known.hosts and _PORT.sub("", target) not in known.hosts:
            allowed = ", ".join(known.hosts)
            message = f"The secret {name} is bound to {allowed} and is not sent anywhere else."
            raise EgressDenied("blocked_host", message, internal=f"asked for {target}")
        return known.value

    async def check_key(self) -> None:
        """Refuse to start with a key that opens none of the stored secrets.

        Raises:
            InvalidSettings: It is not the key they were stored with.
        """
        rows = await self._rows()
        if rows and not any(self._opens(row) for row in rows):
            message = (
                "The stored secrets cannot be read with this key: put back the deftly.key (or "
                "DEFTLY_KEY) they were stored with, or delete them and store them again."
            )
            raise InvalidSettings(message)

    async def _rows(self) -> Sequence[Row]:
        return await self._database.read(lambda view: view.all(_LIST))

    async def _load(self, name: str) -> _Revealed:
        generation = self._generation
        row = await self._database.read(lambda view: view.one(_GET, [name]))
        if row is None:
            raise _missing(name)
        revealed = self._open(row)
        if generation == self._generation and revealed.hosts is not None:
            self._cache[name] = revealed
        return revealed

    async def _bind(self, name: str, known: _Revealed, host: str) -> _Revealed:
        def work(tx: Transaction) -> None:
            hosts = (host,)
            context = _context(name, known.id, known.version, hosts)
            sealed = self._vault.seal(known.value, context=context)
            if tx.change(_BIND, [_text_of(hosts), sealed, known.id, known.version]):
                changes.append(tx, EventKind.SECRET_CHANGED, name, {"hosts": [host]})

        await self._database.write(work)
        # Whoever was first has bound it; a new value meanwhile is a new secret to look at.
        return await self._load(name)

    def _put(
        self, tx: Transaction, name: str, value: str, hosts: tuple[str, ...] | None, fresh_id: str
    ) -> SecretInfo:
        now = format_time(tx.now())
        row = tx.one(_GET, [name])
        if row is not None and hosts is None:
            hosts = _hosts_of(row)
        secret_id = fresh_id if row is None else row["id"]
        version = 1 if row is None else row["version"] + 1
        context = _context(name, secret_id, version, hosts)
        sealed = self._vault.seal(value, context=context)
        (stored,) = tx.all(_PUT, [name, secret_id, version, _text_of(hosts), sealed, now, now])
        changes.append(tx, EventKind.SECRET_CHANGED, name, {"version": version})
        return _info_of(stored)

    def _open(self, row: Row) -> _Revealed:
        name, hosts = row["name"], _hosts_of(row)
        context = _context(name, row["id"], row["version"], hosts)
        try:
            value = self._vault.open(row["sealed"], context=context)
        except WrongKeyError:
            message = (
                f"The secret {name} cannot be read with this key: put back the deftly.key (or "
                f"DEFTLY_KEY) it was stored with, or run `deftly secrets set {name}`."
            )
            raise InvalidSettings(message) from None
        return _Revealed(row["id"], row["version"], hosts, value)

    def _opens(self, row: Row) -> bool:
        try:
            self._open(row)
        except InvalidSettings:
            return False
        return True

    def _forget(self, name: str) -> None:
        self._generation += 1
        self._cache.pop(name, None)


def _context(name: str, secret_id: str, version: int, hosts: tuple[str, ...] | None) -> bytes:
    # The hosts are sealed too: a value cannot be pointed elsewhere in the file.
    return canonical_json(["deftly secret", name, secret_id, version, _text_of(hosts)])


def check_secret(name: str, value: str) -> None:
    """Refuse what can be no secret.

    Raises:
        InvalidRequest: Name or value are not of the form ``Secrets.put`` takes.
    """
    if not _NAME.fullmatch(name):
        raise _refused("name", "1 to 64 of the characters A-Z a-z 0-9 _ -, not starting with __")
    try:
        size = len(value.encode())
    except UnicodeEncodeError:
        size = 0
    if not 0 < size <= VALUE_BYTES_MAX or _CONTROL.search(value):
        raise _refused("value", "1 byte to 8 KiB of text without line breaks or control characters")


def _checked_hosts(hosts: Iterable[str]) -> tuple[str, ...]:
    given = tuple(dict.fromkeys(host.lower().rstrip(".") for host in hosts))
    if not given or not all(_HOST.fullmatch(host) for host in given):
        raise _refused("hosts", "a list of host names such as api.example.com or shop:8080")
    return given


def _refused(path: str, wanted: str) -> InvalidRequest:
    message = f"{path} must be {wanted}."
    return InvalidRequest(message, details=[Problem(path, message)])


def _missing(name: str) -> NotFound:
    message = f"There is no secret {name}; run `deftly secrets set {name}`."
    return NotFound(message)


def _unbound(name: str) -> EgressDenied:
    message = (
        f"The secret {name} is not bound to a host yet; set it with hosts: "
        f"deftly secrets set {name} --host api.example.com"
    )
    return EgressDenied("blocked_host", message)


def _hosts_of(row: Row) -> tuple[str, ...] | None:
    text = row["hosts"]
    return None if text is None else tuple(cast("list[str]", parse_json(text)))


def _text_of(hosts: tuple[str, ...] | None) -> str | None:
    return None if hosts is None else dump_json(list(hosts)).decode()


def _info_of(row: Row) -> SecretInfo:
    return SecretInfo(
        name=row["name"],
        hosts=_hosts_of(row) or (),
        version=row["version"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
    )
