"""Everything that a Deftly keeps, opened from its folder."""

from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Final

from deftly.app.parts import vault_key
from deftly.settings import Settings
from deftly.store.changes import Changes
from deftly.store.client_calls import ClientCalls, SqliteClientCalls
from deftly.store.confirmations import Confirmations, SqliteConfirmations
from deftly.store.conversations import Conversations, SqliteConversations
from deftly.store.database import Database
from deftly.store.definitions import DefinitionFiles
from deftly.store.keys import Keys, SqliteKeys
from deftly.store.lease import ProcessLease
from deftly.store.retention import Retention
from deftly.store.revisions import Revisions, SqliteRevisions
from deftly.store.runs import Runs, SqliteRuns
from deftly.store.secrets import Secrets, SqliteSecrets
from deftly.store.sessions import Sessions, SqliteSessions
from deftly.store.submissions import SqliteSubmissions, Submissions
from deftly.store.transcripts import SqliteTranscripts, Transcripts
from deftly.store.users import SqliteUsers, Users
from deftly.store.vault import Vault
from deftly.store.visitors import SqliteVisitors, Visitors
from deftly.values import Clock, IdSource

_DATABASE: Final = "deftly.db"
_ACTIONS: Final = "actions"


@dataclass(frozen=True, slots=True)
class Stores:
    """Everything that is kept."""

    database: Database
    runs: Runs
    confirmations: Confirmations
    conversations: Conversations
    transcripts: Transcripts
    submissions: Submissions
    client_calls: ClientCalls
    definitions: DefinitionFiles
    revisions: Revisions
    secrets: Secrets
    keys: Keys
    sessions: Sessions
    users: Users
    visitors: Visitors
    changes: Changes
    retention: Retention


async def open_stores(
    stack: AsyncExitStack, settings: Settings, clock: Clock, ids: IdSource
) -> Stores:
    """Return the stores of ``settings.dir``, to be closed with the stack.

    Raises:
        StoreUnavailable: The database cannot be opened.
    """
    folder = settings.dir
    lease = ProcessLease(folder, ids)
    stack.callback(lease.release)
    database = await Database.open(folder / _DATABASE, clock=clock, ids=ids)
    stack.push_async_callback(database.close)
    changes = Changes(database)
    changes.start()
    stack.push_async_callback(changes.close)
    return Stores(
        database=database,
        runs=SqliteRuns(database, lease),
        confirmations=SqliteConfirmations(database, lease),
        conversations=SqliteConversations(database),
        transcripts=SqliteTranscripts(database, lease),
        submissions=SqliteSubmissions(database),
        client_calls=SqliteClientCalls(database, lease),
        definitions=DefinitionFiles(folder / _ACTIONS),
        revisions=SqliteRevisions(database),
        secrets=SqliteSecrets(database, changes, Vault(vault_key(settings))),
        keys=SqliteKeys(database, changes),
        sessions=SqliteSessions(database),
        users=SqliteUsers(database),
        visitors=SqliteVisitors(database),
        changes=changes,
        retention=Retention(
            database,
            runs_days=settings.keep_runs_days,
            conversations_days=settings.keep_conversations_days,
        ),
    )
