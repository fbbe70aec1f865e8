"""API keys: made once, kept as SHA-256, found without touching the disk."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final, Protocol, cast

from deftly.domain.access import ApiKey, Principal, Scope
from deftly.domain.event import EventKind
from deftly.errors import InvalidRequest, NotFound, Problem
from deftly.store import changes
from deftly.store.changes import Changes
from deftly.store.database import Database
from deftly.store.transaction import Row, Transaction
from deftly.values import dump_json, format_time, parse_json, sha256_hex

PREFIX: Final = "dk_"
_HINT_CHARACTERS: Final = 9
_NAME_CHARACTERS_MAX: Final = 100
_NOTED_EVERY_S: Final = 60.0
_INSERT: Final = """
    INSERT INTO keys (id, sha256, name, scopes, hint, created_at) VALUES (?, ?, ?, ?, ?, ?)
    RETURNING *
"""
_LIST: Final = "SELECT * FROM keys ORDER BY created_at, rowid"
_DELETE: Final = "DELETE FROM keys WHERE id = ?"
_USED: Final = """
    UPDATE keys SET last_used_at = ? WHERE id = ? AND (last_used_at IS NULL OR last_used_at < ?)
"""


class Keys(Protocol):
    """Keys programs call with."""

    async def create(self, name: str, scopes: Collection[Scope]) -> tuple[ApiKey, str]:
        """Make a key; the text beside it is the only time it is told.

        Raises:
            InvalidRequest: No name, a name over 100 characters, or no scope.
        """
        ...

    async def list(self) -> tuple[ApiKey, ...]:
        """Return the keys, oldest first."""
        ...

    async def revoke(self, key_id: str) -> None:
        """Remove a key: at once here, within a fraction of a second in other processes.

        Raises:
            NotFound: There is none with this id.
        """
        ...

    async def find(self, plaintext: str) -> Principal | None:
        """Return who calls with this key, or None; its last use is noted some time later."""
        ...


class SqliteKeys:
    """``Keys`` in the database; all of them in memory, by their SHA-256."""

    def __init__(self, database: Database, changes: Changes) -> None:
        """Forget them as soon as any process changes one."""
        self._database = database
        self._known: Mapping[str, Principal] | None = None
        self._generation = 0
        self._noted: dict[str, float] = {}
        changes.subscribe({EventKind.KEY_CHANGED}, lambda _: self._forget())

    async def create(self, name: str, scopes: Collection[Scope]) -> tuple[ApiKey, str]:
        """See ``Keys.create``."""
        _check(name, scopes)
        plaintext = PREFIX + self._database.ids.new_token()
        key_id = self._database.ids.new_id()
        listed = [scope.value for scope in Scope if scope in scopes]

        def work(tx: Transaction) -> Row:
            values = (
                key_id,
                sha256_hex(plaintext),
                name.strip(),
                dump_json(list(listed)).decode(),
                plaintext[:_HINT_CHARACTERS],
                format_time(tx.now()),
            )
            (row,) = tx.all(_INSERT, values)
            changes.append(tx, EventKind.KEY_CHANGED, key_id, {"name": name.strip()})
            return row

        return _key_of(await self._database.write(work)), plaintext

    async def list(self) -> tuple[ApiKey, ...]:
        """See ``Keys.list``."""
        return tuple(map(_key_of, await self._rows()))

    async def revoke(self, key_id: str) -> None:
        """See ``Keys.revoke``."""

        def work(tx: Transaction) -> None:
            if tx.change(_DELETE, [key_id]) == 0:
                message = "There is no such key."
                raise NotFound(message)
            changes.append(tx, EventKind.KEY_CHANGED, key_id, {"deleted": True})

        await self._database.write(work)

    async def find(self, plaintext: str) -> Principal | None:
        """See ``Keys.find``."""
        if not plaintext.startswith(PREFIX):
            return None
        digest = sha256_hex(plaintext.encode(errors="surrogatepass"))
        known = self._known if self._known is not None else await self._load()
        principal = known.get(digest)
        if principal is not None:
            self._note_use(principal)
        return principal

    async def _load(self) -> Mapping[str, Principal]:
        generation = self._generation
        known = {row["sha256"]: _principal_of(row) for row in await self._rows()}
        if generation == self._generation:
            self._known = known
        return known

    async def _rows(self) -> Sequence[Row]:
        return await self._database.read(lambda view: view.all(_LIST))

    def _note_use(self, principal: Principal) -> None:
        clock = self._database.clock
        passed_s = clock.monotonic_s()
        if passed_s - self._noted.get(principal.id, -_NOTED_EVERY_S) >= _NOTED_EVERY_S:
            self._noted[principal.id] = passed_s
            at = format_time(clock.now().replace(second=0, microsecond=0))
            self._database.change_later(_USED, [at, principal.id.removeprefix("key:"), at])

    def _forget(self) -> None:
        self._generation += 1
        self._known = None
        self._noted.clear()


def _check(name: str, scopes: Collection[Scope]) -> None:
    if not 0 < len(name.strip()) <= _NAME_CHARACTERS_MAX:
        message = "name must be a text of 1 to 100 characters."
        raise InvalidRequest(message, details=[Problem("name", message)])
    if not scopes:
        names = ", ".join(Scope)
        message = f"scopes must name at least one of {names}."
        raise InvalidRequest(message, details=[Problem("scopes", message)])


def _scopes_of(row: Row) -> tuple[Scope, ...]:
    return tuple(map(Scope, cast("list[str]", parse_json(row["scopes"]))))


def _principal_of(row: Row) -> Principal:
    return Principal(id=f"key:{row['id']}", name=row["name"], scopes=frozenset(_scopes_of(row)))


def _key_of(row: Row) -> ApiKey:
    return ApiKey(
        id=row["id"],
        name=row["name"],
        scopes=_scopes_of(row),
        hint=row["hint"],
        created_at=row["created_at"],
        last_used_at=row["last_used_at"],
    )
