"""What the store's tests are made with: a clock turned by hand, runs, questions, processes."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from deftly.domain.confirmation import Confirmation
from deftly.domain.run import Ending, Run, RunEvent, Status, Trigger
from deftly.store.changes import Changes
from deftly.store.confirmations import SqliteConfirmations, TokenIssue
from deftly.store.conversations import SqliteConversations
from deftly.store.database import Database
from deftly.store.hold_limits import HoldLimits
from deftly.store.keys import SqliteKeys
from deftly.store.lease import ProcessLease
from deftly.store.revisions import Edit, Revision, SqliteRevisions
from deftly.store.runs import RunFilter, SqliteRuns
from deftly.store.secrets import SqliteSecrets
from deftly.store.sessions import SqliteSessions
from deftly.store.submissions import SqliteSubmissions
from deftly.store.users import SqliteUsers
from deftly.store.vault import Vault
from deftly.values import Clock, RandomIds, SystemClock, format_time, sha256_hex

IDS = RandomIds()
KEY = bytes(range(32))
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
LIMITS = HoldLimits()
ALL = RunFilter()
ROOT = Path(__file__).parents[2]


class HandClock:
    """Stands still until a test turns it."""

    def __init__(self, now: datetime = NOON) -> None:
        self._now = now
        self._passed_s = 0.0

    def now(self) -> datetime:
        return self._now

    def monotonic_s(self) -> float:
        return self._passed_s

    def pass_s(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
        self._passed_s += seconds

    def move_back_s(self, seconds: float) -> None:
        self._now -= timedelta(seconds=seconds)


@dataclass(frozen=True)
class Store:
    """Everything one process has of the store."""

    database: Database
    changes: Changes
    lease: ProcessLease
    runs: SqliteRuns
    confirmations: SqliteConfirmations
    revisions: SqliteRevisions
    secrets: SqliteSecrets
    keys: SqliteKeys
    sessions: SqliteSessions
    users: SqliteUsers
    conversations: SqliteConversations
    submissions: SqliteSubmissions

    def now(self) -> datetime:
        return self.database.clock.now()


@asynccontextmanager
async def opened(
    folder: Path, clock: Clock | None = None, key: bytes = KEY, busy_timeout_s: float = 5.0
) -> AsyncIterator[Store]:
    """Open the store in the folder as one more process would."""
    database = await Database.open(
        folder / "deftly.db",
        clock=clock or SystemClock(),
        ids=IDS,
        busy_timeout_s=busy_timeout_s,
    )
    changes = Changes(database)
    lease = ProcessLease(folder, IDS)
    changes.start()
    try:
        yield Store(
            database=database,
            changes=changes,
            lease=lease,
            runs=SqliteRuns(database, lease),
            confirmations=SqliteConfirmations(database, lease),
            revisions=SqliteRevisions(database),
            secrets=SqliteSecrets(database, changes, Vault(key)),
            keys=SqliteKeys(database, changes),
            sessions=SqliteSessions(database),
            users=SqliteUsers(database),
            conversations=SqliteConversations(database),
            submissions=SqliteSubmissions(database),
        )
    finally:
        await changes.close()
        await database.close()
        lease.release()


def a_run(**fields) -> Run:
    at = format_time(NOON)
    given = {
        "id": IDS.new_id(),
        "action_id": "action-1",
        "action_version": 1,
        "tool": "get_order_status",
        "principal": "key:1",
        "trigger": Trigger.REST,
        "arguments": {"order_id": "A-1042"},
        "status": Status.RUNNING,
        "created_at": at,
        "started_at": at,
    }
    return Run.model_validate(given | fields)


def an_ending(event: RunEvent = RunEvent.SUCCEEDED, **fields) -> Ending:
    ending = Ending(event=event, result={"ok": True}, error=None, duration_ms=1.5)
    return replace(ending, **fields)


def an_edit(**fields) -> Edit:
    edit = Edit(
        action_id="action-1",
        name="GET_ORDER_STATUS",
        file="get_order_status.yaml",
        file_sha256="f1",
        content_digest="c1",
        version_hash="v1",
        definition={"name": "GET_ORDER_STATUS"},
        enabled=True,
        author="local",
    )
    return replace(edit, **fields)


async def recorded(store: Store, **fields) -> Revision:
    """Record an edit by somebody who knows the newest version."""
    seen = {head.action_id: head.version for head in await store.revisions.heads()}
    (revision,) = await store.revisions.record([an_edit(**fields)], seen)
    return revision


@dataclass(frozen=True)
class Held:
    """A held run, its question, and a token for whoever may answer."""

    run: Run
    confirmation: Confirmation
    token_sha256: str
    principal: str


async def hold(store: Store, *, limits: HoldLimits = LIMITS, lasts_s: int = 300, **fields) -> Held:
    """Hold a run; the fields are the run's, but for ``version_hash``."""
    version_hash = fields.pop("version_hash", "v1")
    confirmation_id = IDS.new_id()
    run = a_run(
        **{
            "status": Status.CONFIRM_REQUIRED,
            "confirmation_id": confirmation_id,
            "created_at": format_time(store.now()),
            "started_at": None,
            **fields,
        }
    )
    confirmation = Confirmation(
        id=confirmation_id,
        run_id=run.id,
        action_id=run.action_id,
        tool=run.tool,
        version_hash=version_hash,
        arguments=run.arguments,
        user={},
        request_digest="r1",
        summary={"method": "POST"},
        requester=run.principal,
        conversation_id=run.conversation_id,
        created_at=run.created_at,
        expires_at=format_time(store.now() + timedelta(seconds=lasts_s)),
        status=Status.CONFIRM_REQUIRED,
    )
    held = Held(run, confirmation, sha256_hex(IDS.new_token()), "user:1")
    token = TokenIssue(held.token_sha256, held.principal)
    earlier = await store.confirmations.hold(
        run, confirmation, token=token, idempotency=None, limits=limits
    )
    assert earlier is None
    return held


async def claim(store: Store, held: Held, version_hash: str | None = "v1"):
    return await store.confirmations.claim(
        held.confirmation.id, held.token_sha256, held.principal, version_hash=version_hash
    )


async def deny(store: Store, held: Held):
    return await store.confirmations.deny(held.confirmation.id, held.token_sha256, held.principal)


async def until(holds: Callable[[], object], deadline_s: float = 20.0) -> None:
    async with asyncio.timeout(deadline_s):
        while not holds():  # noqa: ASYNC110  # another process decides when
            await asyncio.sleep(0.01)


class Child:
    """A process that can import Deftly and this kit, spoken to in lines."""

    def __init__(self, source: str, *arguments: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", source, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])},
        )

    async def line(self) -> str:
        """Return the next line it prints."""
        assert self._process.stdout is not None
        return (await asyncio.to_thread(self._process.stdout.readline)).strip()

    def go(self) -> None:
        """Let it read a line."""
        assert self._process.stdin is not None
        self._process.stdin.write("go\n")
        self._process.stdin.flush()

    async def kill(self) -> None:
        self._process.kill()
        await self.ended()

    async def ended(self) -> int:
        """Close its input and return its exit code."""
        await asyncio.to_thread(self._process.communicate)
        return self._process.returncode
