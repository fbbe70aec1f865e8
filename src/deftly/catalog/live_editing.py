"""Creating, changing and deleting a kind's definitions through the API.

The file is what is edited; the live set then takes it over like an edit by hand.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Generic

from deftly.catalog.edit_checks import is_match
from deftly.catalog.followed import Followed
from deftly.catalog.kind import Identity, N
from deftly.catalog.live_set import LiveEntry
from deftly.errors import (
    EditConflict,
    InvalidDefinition,
    NameTaken,
    NotFound,
    PreconditionFailed,
    Problem,
)
from deftly.store.definition_file import file_for
from deftly.values import Clock, IdSource, JsonObject, JsonValue, format_time

_ATTEMPTS: Final = 5


@dataclass(frozen=True, slots=True)
class Saved(Generic[N]):
    """A stored definition, and what may surprise its author."""

    noun: N
    warnings: tuple[Problem, ...]


class FolderEditor(Generic[N]):
    """Changes the definitions of one kind."""

    def __init__(self, live: Followed[N], clock: Clock, ids: IdSource) -> None:
        """Take what is live, the time, and where new ids come from."""
        self._live = live
        self._kind = live.kind
        self._files = live.files
        self._clock = clock
        self._ids = ids
        # Edits that only this process makes never find the file changed meanwhile.
        self._turn = asyncio.Lock()

    def warnings(self, noun: N) -> tuple[Problem, ...]:
        """Return what a definition names that is not there, and what may not mean what it says."""
        del noun
        return ()

    def check(self, noun: N, before: N | None) -> None:
        """Refuse what cannot be stored although it could be used.

        Raises:
            InvalidDefinition: Says why.
        """

    async def create(self, given: Mapping[str, JsonValue]) -> Saved[N]:
        """Store a new definition.

        Raises:
            InvalidDefinition: It can never work; every problem is listed.
            NameTaken: There is one of this name, or a file that would be its.
            ReadOnly: The folder cannot be written.
        """
        now = format_time(self._clock.now())
        name = self._name_in(given)
        authored = self._kind.authored(given)
        noun = self._kind.parse(authored, Identity(self._ids.new_id(), name, 1, now, now), {})
        self.check(noun, None)
        async with self._turn:
            if name in self._live.current.by_name:
                an = self._kind.article.lower()
                raise _taken(f"name: there is {an} {name} already; choose another name.")
            try:
                await self._write(noun, authored, sha256=None)
            except EditConflict:
                file = file_for(name)
                raise _taken(
                    f"name: there is a file {file} already; rename it or remove it."
                ) from None
            return self._saved(name)

    async def update(
        self, name: str, patch: Mapping[str, JsonValue], *, if_match: str | None = None
    ) -> Saved[N]:
        """Change the given fields; ``null`` leaves a field as it is.

        Raises:
            NotFound: There is none of this name.
            PreconditionFailed: ``if_match`` names another version.
            EditConflict: The file kept changing meanwhile, or cannot be used as it stands.
            InvalidDefinition, ReadOnly: As for ``create``.
        """
        async with self._turn:
            for _attempt in range(_ATTEMPTS):
                entry = await self._current(name)
                self._check_match(entry.noun, if_match)
                _check_usable(entry)
                try:
                    await self._replace(entry, patch)
                except EditConflict:
                    continue  # changed in the file meanwhile: apply the edit to what it says now
                return self._saved(name)
            raise self._restless()

    async def delete(self, name: str) -> None:
        """Remove the definition and its file; one that is there without goes back to that.

        Raises:
            NotFound: There is none of this name, or no file of it.
            EditConflict: The file kept changing meanwhile.
            ReadOnly: The folder cannot be written.
        """
        async with self._turn:
            for _attempt in range(_ATTEMPTS):
                entry = await self._current(name)
                if not entry.file:
                    word = self._kind.word
                    raise NotFound(f"The {word} {name} has no file; there is nothing to delete.")
                try:
                    await asyncio.to_thread(
                        self._files.delete, entry.file, expected_sha256=entry.sha256
                    )
                except EditConflict:
                    continue
                await self._live.refresh()
                return
            raise self._restless()

    async def present(self, name: str) -> LiveEntry[N]:
        """Return the definition of this name, also where its file was written a moment ago.

        Raises:
            NotFound: There is none.
        """
        if name not in self._live.current.by_name:
            await self._live.refresh()
        return self._live.entry(name)

    async def _current(self, name: str) -> LiveEntry[N]:
        """Return the definition as its file stands at this moment, whoever changed it."""
        known = self._live.current.by_name.get(name)
        await self._live.refresh({known.file} if known is not None else ())
        return self._live.entry(name)

    async def _replace(self, entry: LiveEntry[N], patch: Mapping[str, JsonValue]) -> None:
        before, kind = entry.noun, self._kind
        authored = kind.edited(entry.authored, patch)
        # A clock that was set back must not make the change look older than the last one.
        now = max(format_time(self._clock.now()), before.updated_at or "")
        created = before.created_at or now
        identity = Identity(before.id, before.name, before.version, created, now)
        noun = kind.parse(authored, identity, kind.kept(before))
        self.check(noun, before)
        if entry.file:
            if noun.content_digest == before.content_digest:
                return
            noun = kind.restamped(noun, before.version + 1, now)
        await self._write(noun, authored, file=entry.file, sha256=entry.sha256 or None)

    async def _write(
        self, noun: N, authored: JsonObject, *, file: str = "", sha256: str | None
    ) -> None:
        definition = self._kind.stamped(authored, noun)
        name = file or file_for(noun.name)
        await asyncio.to_thread(self._files.write, name, definition, expected_sha256=sha256)
        await self._live.refresh()

    def _saved(self, name: str) -> Saved[N]:
        noun = self._live.entry(name).noun
        return Saved(noun, self.warnings(noun))

    def _name_in(self, given: Mapping[str, JsonValue]) -> str:
        name = given.get("name")
        if isinstance(name, str) and name:
            return name
        message = f"name is required: a text such as {self._kind.example}."
        raise InvalidDefinition(message, details=[Problem("name", message)])

    def _check_match(self, noun: N, if_match: str | None) -> None:
        if not is_match(noun.version, if_match):
            message = (
                f"The {self._kind.word} is at version {noun.version} now, not the one you changed."
            )
            raise PreconditionFailed(message)

    def _restless(self) -> EditConflict:
        return EditConflict(f"The {self._kind.word}'s file keeps changing; try again.")


def _taken(message: str) -> NameTaken:
    return NameTaken(message, details=[Problem("name", message)])


def _check_usable(entry: LiveEntry[N]) -> None:
    if entry.problem is not None:
        line = f", line {entry.problem.line}" if entry.problem.line else ""
        message = (
            f"{entry.problem.file}{line} cannot be used as it stands: {entry.problem.message} "
            "Mend the file first; nothing was changed."
        )
        raise EditConflict(message)
