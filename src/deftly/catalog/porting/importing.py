"""Imports: drafts out of what somebody sends, checked like a create, and stored if wanted."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from deftly.catalog.catalog import Catalog
from deftly.catalog.compile import CompiledAction, compile_action
from deftly.catalog.editing import Editor, Saved
from deftly.catalog.keeping import check_credentials, keep_credentials
from deftly.catalog.porting.curl.reading import read_curl
from deftly.catalog.porting.draft import Draft, Drafts, Refused
from deftly.catalog.porting.openapi.drafting import OPERATIONS_LIMIT, read_openapi
from deftly.catalog.porting.openapi.reading import uncollected
from deftly.catalog.syntax import refuse_broken_code
from deftly.domain.access import Principal
from deftly.domain.action import Action
from deftly.domain.credential import without_credentials
from deftly.domain.definition import Identity, authored_form, parse_action
from deftly.errors import (
    DeftlyError,
    InvalidDefinition,
    InvalidRequest,
    NameTaken,
    Problem,
    StoreUnavailable,
)
from deftly.handlers.tools import HandlerTools
from deftly.store.secrets import Secrets
from deftly.values import (
    Clock,
    JsonObject,
    JsonValue,
    NotJsonError,
    depth_of,
    dump_json,
    format_time,
)

SOURCES: Final = ("openapi", "curl", "actions")
# What may be said otherwise of the draft of a command; its secrets are named after the name.
CHANGEABLE: Final = ("name", "description", "executionMode")
_DEPTH_LIMIT: Final = 64
_NOBODY: Final = "00000000-0000-4000-8000-000000000000"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be imported: exactly one source.

    Attributes:
        kind: ``openapi``, ``curl`` or ``actions``.
        source: A document, a command, or definitions as an export has them; a document that
            is an object is used up.
        select: Which operations of a document, or which names; all by default.
        base_url: Where a document's API is.
        changes: Members of the definition that a command's draft gets instead of its own.
    """

    kind: str
    source: JsonValue
    select: tuple[str, ...] | None = None
    base_url: str | None = None
    changes: Mapping[str, JsonValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stored:
    """What an import stored, and what it did not."""

    created: tuple[Saved, ...]
    refused: tuple[Refused, ...]


class Importer:
    """Makes drafts, and stores them the way a create would."""

    def __init__(
        self, catalog: Catalog, editor: Editor, tools: HandlerTools, secrets: Secrets, clock: Clock
    ) -> None:
        """Take what a draft is checked with, and where it may be stored."""
        self._catalog = catalog
        self._editor = editor
        self._tools = tools
        self._secrets = secrets
        self._clock = clock
        # A document may come to a hundred megabytes of objects: one at a time.
        self._turn = asyncio.Lock()

    async def read(self, wanted: Wanted) -> Drafts:
        """Return checked drafts; nothing is stored.

        Raises:
            InvalidRequest: The source is not of its kind.
        """
        async with self._turn:
            drafts = await asyncio.to_thread(self._read, wanted)
        return await self._compiling(drafts)

    async def check(self, draft: Draft) -> Draft:
        """Return a draft as a create would have it, with the warnings of one.

        Raises:
            InvalidDefinition: It can never work; every problem is listed.
        """
        checked = await asyncio.to_thread(self._checked, draft)
        return await self._with_code(checked)

    async def save(self, drafts: Drafts, principal: Principal) -> Stored:
        """Store each draft; those that cannot be are listed, and the others stay stored."""
        created: list[Saved] = []
        refused = list(drafts.refused)
        for draft in drafts.drafts:
            try:
                created.append(await self._save(draft, principal))
            except StoreUnavailable as fault:
                if not created:
                    raise
                refused.append(Refused(draft.source, fault))
            except DeftlyError as fault:
                refused.append(Refused(draft.source, fault))
        return Stored(tuple(created), tuple(refused))

    async def _compiling(self, found: Drafts) -> Drafts:
        """Return the drafts with those refused whose code does not compile, one after the other."""
        drafts: list[Draft] = []
        refused = list(found.refused)
        for draft in found.drafts:
            try:
                drafts.append(await self._with_code(draft))
            except InvalidDefinition as fault:
                refused.append(Refused(draft.source, fault))
        return Drafts(tuple(drafts), tuple(refused))

    async def _with_code(self, draft: Draft) -> Draft:
        unsure = await refuse_broken_code(draft.definition, self._tools)
        return replace(draft, warnings=(*draft.warnings, *unsure)) if unsure else draft

    async def _save(self, draft: Draft, principal: Principal) -> Saved:
        self._refuse_taken(draft)
        if draft.credentials:
            compiled = await asyncio.to_thread(self._compiled, draft.definition)
            await check_credentials(self._secrets, draft.credentials, compiled, principal)
        saved = await self._editor.create(draft.definition, principal)
        if not draft.credentials:
            return saved
        # Only now is the name, and so that of the secret, known to be nobody else's.
        await keep_credentials(self._secrets, draft.credentials, compiled)
        known = draft.credentials.keys()
        told = tuple(one for one in saved.warnings if not _is_about(one, known))
        return replace(saved, warnings=told)

    def _refuse_taken(self, draft: Draft) -> None:
        name = draft.name
        if name.lower() in self._catalog.snapshot.by_tool:
            message = f"name: there is an action {name} already; choose another name."
            raise NameTaken(message, details=[Problem("name", message)])

    def _read(self, wanted: Wanted) -> Drafts:
        with uncollected():
            return self._all_checked(wanted.kind, _READERS[wanted.kind](wanted))

    def _all_checked(self, kind: str, found: Drafts) -> Drafts:
        drafts: list[Draft] = []
        refused = list(found.refused)
        for draft in found.drafts:
            try:
                drafts.append(self._checked(draft))
            except InvalidDefinition as fault:
                if kind == "curl":
                    raise
                refused.append(Refused(draft.source, fault))
        return Drafts(tuple(drafts), tuple(refused))

    def _checked(self, draft: Draft) -> Draft:
        compiled = self._compiled(draft.definition)
        action = compiled.action
        warnings = list(dict.fromkeys((*draft.warnings, *compiled.warnings)))
        if action.tool in self._catalog.snapshot.by_tool:
            message = f"There is an action {action.name} already; storing needs another name."
            warnings.append(Problem("name", message))
        definition = {**draft.definition, "name": action.name}
        return replace(draft, definition=definition, warnings=tuple(warnings))

    def _compiled(self, definition: Mapping[str, JsonValue]) -> CompiledAction:
        return compile_action(self._parsed(definition), self._tools)

    def _parsed(self, definition: Mapping[str, JsonValue]) -> Action:
        now = format_time(self._clock.now())
        try:
            dump_json(definition)
        except NotJsonError as fault:
            raise InvalidDefinition(f"The definition holds what JSON cannot: {fault}.") from None
        return parse_action(definition, Identity(_NOBODY, 1, now, now))


def _is_about(problem: Problem, secrets: Collection[str]) -> bool:
    words = problem.message.split()
    return "secret" in words and any(one in words for one in secrets)


def _from_openapi(wanted: Wanted) -> Drafts:
    return read_openapi(wanted.source, select=wanted.select, base=wanted.base_url)


def _from_curl(wanted: Wanted) -> Drafts:
    if not isinstance(wanted.source, str) or not wanted.source.strip():
        raise InvalidRequest("curl must be the text of a cURL command.")
    name = wanted.changes.get("name")
    draft = read_curl(wanted.source, name=name if isinstance(name, str) else None)
    return Drafts((replace(draft, definition={**draft.definition, **wanted.changes}),))


def _from_actions(wanted: Wanted) -> Drafts:
    given = wanted.source
    if isinstance(given, dict) and isinstance(given.get("actions"), list):
        given = given["actions"]
    if not isinstance(given, list):
        raise InvalidRequest("actions must be a list of definitions, as an export has them.")
    if len(given) > OPERATIONS_LIMIT:
        raise InvalidRequest(f"actions are over {OPERATIONS_LIMIT}; import fewer at once.")
    if depth_of(given) > _DEPTH_LIMIT:
        raise InvalidRequest(f"actions nest deeper than {_DEPTH_LIMIT} levels; flatten them.")
    drafts: list[Draft] = []
    refused: list[Refused] = []
    for index, one in enumerate(given):
        if not isinstance(one, dict):
            refused.append(Refused.because(f"actions[{index}]", "It is no object."))
            continue
        name = one.get("name")
        source = name if isinstance(name, str) and name.strip() else f"actions[{index}]"
        if wanted.select is None or source in wanted.select:
            definition, credentials = without_credentials(authored_form(one))
            drafts.append(Draft(definition, source, credentials=credentials))
    return Drafts(tuple(drafts), tuple(refused))


_READERS: Final[Mapping[str, Callable[[Wanted], Drafts]]] = {
    "openapi": _from_openapi,
    "curl": _from_curl,
    "actions": _from_actions,
}


def exported(action: Action) -> JsonObject:
    """Return a definition in the form an import takes: no identity, no secret value."""
    definition, _ = without_credentials(action.wire())
    left_out = {"id", "version", "createdAt", "updatedAt", "parameters"}
    return {name: value for name, value in definition.items() if name not in left_out}
