"""Creating, changing, deleting and restoring actions through the API.

The definition file is what is edited; the catalog then takes it over like any other
change, so that an edit by hand and one by API are the same thing.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from deftly.catalog.catalog import Catalog
from deftly.catalog.compile import CompiledAction, compile_action
from deftly.catalog.edit_checks import check_match, check_usable, refuse_strangers
from deftly.catalog.keeping import check_credentials, keep_credentials
from deftly.catalog.lacking import lacking
from deftly.catalog.snapshot import Entry
from deftly.catalog.syntax import refuse_broken_code
from deftly.domain.access import Principal, Scope
from deftly.domain.action import Action
from deftly.domain.credential import Credentials, without_credentials
from deftly.domain.definition import Identity, authored_form, edited, parse_action, stamped
from deftly.errors import EditConflict, NameTaken, NotFound, Problem
from deftly.handlers.tools import HandlerTools
from deftly.store.definition_file import DefinitionFile, file_for
from deftly.store.definitions import DefinitionFiles
from deftly.store.revisions import Revision, Revisions
from deftly.store.secrets import Secrets
from deftly.values import Clock, IdSource, JsonObject, JsonValue, format_time

_ATTEMPTS: Final = 5
_RESTLESS: Final = "The definition file keeps changing; try again."


@dataclass(frozen=True, slots=True)
class Saved:
    """A stored action, and what may surprise its author."""

    action: Action
    warnings: tuple[Problem, ...]

    def warning(self, *more: Problem) -> "Saved":
        """Return it with further warnings."""
        return Saved(self.action, (*self.warnings, *more))


@dataclass(frozen=True, slots=True)
class EditorStores:
    """Where definitions, their history and the credentials taken out of them are kept."""

    files: DefinitionFiles
    revisions: Revisions
    secrets: Secrets


class Editor:
    """Changes actions for principals who may."""

    def __init__(
        self,
        catalog: Catalog,
        stores: EditorStores,
        tools: HandlerTools,
        clock: Clock,
        ids: IdSource,
    ) -> None:
        """Take the catalog that follows, and the stores."""
        self._catalog = catalog
        self._files = stores.files
        self._revisions = stores.revisions
        self._secrets = stores.secrets
        self._tools = tools
        self._clock = clock
        self._ids = ids
        # Edits that only this process makes never find the file changed meanwhile.
        self._turn = asyncio.Lock()

    async def create(self, given: Mapping[str, JsonValue], principal: Principal) -> Saved:
        """Store a new action; it is live when this returns, if it is enabled.

        Raises:
            InvalidDefinition: It can never work; every problem is listed.
            NameTaken: Another action has the name.
            NotAllowed: Only an owner may store this.
            ReadOnly: The folder cannot be written.
        """
        now = format_time(self._clock.now())
        identity = Identity(self._ids.new_id(), 1, now, now)
        authored, credentials = without_credentials(authored_form(given))
        compiled = self._checked(authored, identity, principal, before=None)
        unsure = await refuse_broken_code(authored, self._tools)
        async with self._turn:
            await self._refuse_taken(compiled.action)
            await check_credentials(self._secrets, credentials, compiled, principal)
            file = self._file_for(compiled.action.tool)
            definition = stamped(authored, compiled.action)
            try:
                await self._keep(credentials, compiled, {file: None})
                await asyncio.to_thread(self._files.write, file, definition, expected_sha256=None)
            except EditConflict:
                await self._catalog.refresh({file})
                message = f"name: there is a file {file} already; rename it or remove it."
                raise NameTaken(message, details=[Problem("name", message)]) from None
            await self._catalog.refresh_written({file: principal.id})
            return (await self._saved(compiled.action.id)).warning(*unsure)

    async def update(
        self,
        action_id: str,
        patch: Mapping[str, JsonValue],
        principal: Principal,
        *,
        if_match: str | None = None,
    ) -> Saved:
        """Change the given fields; ``null`` leaves a field as it is.

        Raises:
            NotFound: There is no such action.
            PreconditionFailed: ``if_match`` names another version.
            EditConflict: The file kept changing meanwhile.
            InvalidDefinition, NameTaken, NotAllowed, ReadOnly: As for ``create``.
        """
        unsure = await self._refuse_broken_code(action_id, patch)
        async with self._turn:
            for _attempt in range(_ATTEMPTS):
                entry = await self._current(action_id)
                check_match(entry.compiled.action, if_match)
                check_usable(entry)
                authored = edited(entry.authored, entry.compiled.action, patch)
                try:
                    return (await self._replace(entry, authored, principal)).warning(*unsure)
                except EditConflict:
                    # Changed in the file meanwhile: apply the edit to what it says now.
                    continue
            raise EditConflict(_RESTLESS)

    async def restore(self, action_id: str, version: int, principal: Principal) -> Saved:
        """Make an earlier version the current one, as a new version.

        Raises:
            NotFound: There is no such action or version.
        """
        self._entry(action_id)
        authored = authored_form((await self._revisions.get(action_id, version)).definition)
        unsure = await self._refuse_broken_code(action_id, authored)
        async with self._turn:
            entry = await self._current(action_id)
            check_usable(entry)
            return (await self._replace(entry, authored, principal)).warning(*unsure)

    async def delete(self, action_id: str, principal: Principal) -> None:
        """Remove the action and its file.

        Raises:
            NotFound: There is no such action.
        """
        async with self._turn:
            for _attempt in range(_ATTEMPTS):
                entry = await self._current(action_id)
                refuse_strangers(entry.compiled.action, principal)
                try:
                    await asyncio.to_thread(
                        self._files.delete, entry.file, expected_sha256=entry.sha256
                    )
                except EditConflict:
                    continue  # changed in the file meanwhile: look at it again
                else:
                    await self._catalog.refresh_written({entry.file: principal.id})
                    return
            raise EditConflict(_RESTLESS)

    async def history(self, action_id: str) -> tuple[Revision, ...]:
        """Return every stored version, newest first.

        Raises:
            NotFound: There never was such an action.
        """
        found = await self._revisions.history(action_id)
        if not found:
            message = "Action not found"
            raise NotFound(message)
        return found

    async def draft(self, given: Mapping[str, JsonValue], principal: Principal) -> CompiledAction:
        """Return an action compiled for a preview or a test, with nothing stored.

        Credentials in its headers are used from where they are, and masked like secrets. A
        secret that is bound to no host yet is used for an owner alone.
        """
        now = format_time(self._clock.now())
        identity = Identity(self._ids.new_id(), 1, now, now)
        authored, credentials = without_credentials(authored_form(given))
        action = parse_action(authored, identity)

        async def reveal(name: str, place: str, *, may_bind: bool) -> str:
            may_bind = may_bind and principal.may(Scope.OWN)
            typed = credentials.get(name)
            return typed or await self._tools.http.reveal(name, place, may_bind=may_bind)

        return compile_action(action, self._tools.revealing(reveal))

    async def _refuse_broken_code(
        self, action_id: str, change: Mapping[str, JsonValue]
    ) -> tuple[Problem, ...]:
        """Look at the code of a change, before its turn: other edits would wait for that."""
        compiled = self._catalog.snapshot.by_id.get(action_id)
        before = compiled.action if compiled else None
        return await refuse_broken_code(change, self._tools, before=before)

    async def _replace(self, entry: Entry, authored: JsonObject, principal: Principal) -> Saved:
        before = entry.compiled.action
        authored, credentials = without_credentials(authored)
        # A clock that was set back must not make the change look older than the last one.
        now = max(format_time(self._clock.now()), before.updated_at)
        identity = Identity(before.id, before.version, before.created_at, now)
        compiled = self._checked(authored, identity, principal, before=before)
        action = compiled.action
        if action.content_digest != before.content_digest:
            action = action.with_(version=before.version + 1)
        await self._refuse_taken(action)
        await check_credentials(self._secrets, credentials, compiled, principal)
        definition = stamped(authored, action)
        file = self._file_after(entry, action)
        expected = {file: None, entry.file: entry.sha256}
        await self._keep(credentials, compiled, expected)
        await asyncio.to_thread(self._write, entry, file, definition)
        await self._catalog.refresh_written({entry.file: principal.id, file: principal.id})
        return await self._saved(action.id)

    def _file_after(self, entry: Entry, action: Action) -> str:
        """Return the file's name after an edit: a name its author chose stays."""
        before = entry.compiled.action
        if action.tool == before.tool or entry.file != file_for(before.tool):
            return entry.file
        return self._file_for(action.tool)

    def _file_for(self, tool: str) -> str:
        """Return a name for the tool's file that no other live action's file has."""
        taken = {entry.file for entry in self._catalog.snapshot.entries}
        names = (file_for(tool), *(file_for(f"{tool}-{number}") for number in range(2, 10)))
        return next((name for name in names if name not in taken), names[0])

    def _write(self, entry: Entry, file: str, definition: JsonObject) -> DefinitionFile:
        if file == entry.file:
            return self._files.write(file, definition, expected_sha256=entry.sha256)
        return self._files.rename(entry.file, file, definition, expected_sha256=entry.sha256)

    def _checked(
        self,
        authored: JsonObject,
        identity: Identity,
        principal: Principal,
        *,
        before: Action | None,
    ) -> CompiledAction:
        action = parse_action(authored, identity)
        refuse_strangers(action, principal)
        if before is not None:
            refuse_strangers(before, principal)
        return compile_action(action, self._tools)

    async def _refuse_taken(self, action: Action) -> None:
        other = self._catalog.snapshot.by_tool.get(action.tool)
        if other is not None and other.action.id != action.id:
            message = f"name: there is an action {action.name} already; choose another name."
            raise NameTaken(message, details=[Problem("name", message)])

    async def _keep(
        self, credentials: Credentials, compiled: CompiledAction, files: Mapping[str, str | None]
    ) -> None:
        """Keep checked credentials, unless the files to write are not as expected."""
        if not credentials:
            return
        for file, sha256 in files.items():
            await asyncio.to_thread(self._files.expect, file, expected_sha256=sha256)
        await keep_credentials(self._secrets, credentials, compiled)

    async def _current(self, action_id: str) -> Entry:
        """Return the action as its file stands at this moment, whoever changed it."""
        self._entry(action_id)
        await self._catalog.settle(action_id)
        return self._entry(action_id)

    def _entry(self, action_id: str) -> Entry:
        entry = self._catalog.snapshot.entry_by_id.get(action_id)
        if entry is None:
            message = "Action not found"
            raise NotFound(message)
        return entry

    async def _saved(self, action_id: str) -> Saved:
        compiled = self._entry(action_id).compiled
        lacks = await lacking(compiled, self._secrets, self._tools.widgets)
        return Saved(compiled.action, (*compiled.warnings, *lacks))
