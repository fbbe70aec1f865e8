"""The live actions as a model's tools; every call goes through the engine."""

import asyncio
import unicodedata
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from pydantic_ai import CallDeferred, ModelRetry, RunContext, ToolDefinition, ToolFailed
from pydantic_ai.toolsets import AbstractToolset
from pydantic_ai.toolsets.abstract import ToolsetTool
from pydantic_core import SchemaValidator, core_schema

from deftly.agent.calling import HoldsActions, MakesCalls
from deftly.agent.telling import DECLINED, told
from deftly.catalog.compile import CompiledAction
from deftly.domain.access import Principal
from deftly.domain.run import Call, Outcome, Question, Trigger
from deftly.errors import DeftlyError, InvalidArguments
from deftly.values import JsonObject, JsonValue, NotJsonError, canonical_json

CORRECTIONS: Final = 2

# Control and format characters: https://www.unicode.org/reports/tr44/#General_Category_Values
_UNSEEN: Final = frozenset({"Cc", "Cf"})

# The engine checks the arguments by the action's own schema and words what is wrong.
# Some models send null where a tool takes none.
_ANYTHING: Final = SchemaValidator(
    core_schema.no_info_after_validator_function(
        lambda given: {} if given is None else given, core_schema.any_schema()
    )
)


@dataclass(frozen=True, slots=True)
class Caller:
    """On whose behalf the model calls.

    Attributes:
        cautious: Every write asks a person, whatever the action's mode.
    """

    principal: Principal
    trigger: Trigger
    conversation_id: str
    cautious: bool = False


@dataclass(frozen=True, slots=True)
class HeldCall:
    """A call that waits for a person.

    Attributes:
        call_id: Ours.
        model_call_id: The model's own.
    """

    call_id: str
    model_call_id: str
    tool: str
    arguments: JsonObject
    question: Question
    run_id: str


OnHeld: TypeAlias = Callable[[HeldCall], Awaitable[None]]


class ActionToolset(AbstractToolset[None]):
    """The catalog as it is at each step.

    Attributes:
        held: Calls of this turn that were held, by our id of the call.
        run_ids: Of the recorded runs, by our id of the call.
    """

    def __init__(
        self,
        engine: MakesCalls,
        catalog: HoldsActions,
        caller: Caller,
        *,
        allows: Callable[[str], bool] = lambda _: True,
        prefix: str = "call-",
    ) -> None:
        """Take the one way to run an action and the place that knows them all.

        Args:
            engine: Makes the calls.
            catalog: Knows the actions.
            caller: On whose behalf.
            allows: Which tools are this agent's.
            prefix: What our ids of calls begin with; no two turns may share it.
        """
        self.held: dict[str, HeldCall] = {}
        self.run_ids: dict[str, str] = {}
        self.on_held: OnHeld | None = None
        self._engine = engine
        self._catalog = catalog
        self._caller = caller
        self._allows = allows
        self._prefix = prefix
        self._declined: set[bytes] = set()
        self._tools: dict[str, ToolsetTool[None]] = {}
        self._listed: object = None
        self._step = 0
        self._ids: dict[tuple[int, str], str] = {}
        self._under_way: dict[str, asyncio.Task[Outcome]] = {}

    @property
    def id(self) -> str:
        """The name of the toolset among others."""
        return "actions"

    async def get_tools(self, ctx: RunContext[None]) -> dict[str, ToolsetTool[None]]:
        """Return what may be called now; made anew only when the catalog has changed."""
        self._step = ctx.run_step
        snapshot = self._catalog.snapshot
        if self._listed is not snapshot:
            offered = [
                one for one in snapshot.actions if one.offered and self._allows(one.action.tool)
            ]
            self._tools = {one.action.tool: self._tool(one) for one in offered}
            self._listed = snapshot
        return self._tools

    def _tool(self, compiled: CompiledAction) -> ToolsetTool[None]:
        action = compiled.action
        definition = ToolDefinition(
            name=action.tool,
            description=action.description,
            parameters_json_schema=action.input_schema,
            # Not sent to a provider; the local model ranks by it.
            metadata={
                "similes": list(action.similes),
                "examples": [example.wire() for example in action.examples],
            },
        )
        return ToolsetTool(
            toolset=self, tool_def=definition, max_retries=CORRECTIONS, args_validator=_ANYTHING
        )

    def call_id(self, model_call_id: str) -> str:
        """Return our id of a call of the step that is under way."""
        key = (self._step, model_call_id)
        if key not in self._ids:
            self._ids[key] = f"{self._prefix}{len(self._ids) + 1}"
        return self._ids[key]

    async def call_tool(
        self,
        name: str,
        tool_args: JsonObject,
        ctx: RunContext[None],
        tool: ToolsetTool[None],
    ) -> JsonValue:
        """Make the call and return its result.

        Raises:
            CallDeferred: A person is asked; the outcome comes when they have answered.
            ModelRetry: The arguments do not fit, and other ones may.
            ToolFailed: There is no result, and trying again does not help.
        """
        del tool
        if self._key(name, tool_args) in self._declined:
            raise ToolFailed(DECLINED)
        model_call_id = ctx.tool_call_id or ""
        making = self._made(self.call_id(model_call_id), model_call_id, name, tool_args)
        try:
            outcome = await making
        except InvalidArguments as fault:
            raise _correction(fault, last=ctx.retry >= ctx.max_retries) from None
        except DeftlyError as fault:
            raise ToolFailed(fault.message) from None
        if outcome.confirmation is not None:
            raise CallDeferred
        return told(outcome)

    async def _made(
        self, call_id: str, model_call_id: str, tool: str, arguments: JsonObject
    ) -> Outcome:
        """Make a call that goes on when its turn is stopped: what was sent has an outcome."""
        making = self._call(call_id, model_call_id, tool, arguments)
        self._under_way[call_id] = asyncio.create_task(making)
        return await asyncio.shield(self._under_way[call_id])

    async def _call(
        self, call_id: str, model_call_id: str, tool: str, arguments: JsonObject
    ) -> Outcome:
        call = Call(
            tool=tool,
            arguments=arguments,
            principal=self._caller.principal,
            trigger=self._caller.trigger,
            conversation_id=self._caller.conversation_id,
            cautious=self._caller.cautious,
        )
        outcome = await self._engine.call(call)
        self.run_ids[call_id] = outcome.run_id
        question = outcome.confirmation
        if question is not None:
            held = HeldCall(call_id, model_call_id, tool, arguments, question, outcome.run_id)
            self.held[call_id] = held
            if self.on_held is not None:
                await self.on_held(held)
        return outcome

    async def outcome_of(self, call_id: str) -> Outcome | None:
        """Return what became of a call whose turn broke off; None if it was never made."""
        making = self._under_way.get(call_id)
        if making is None:
            return None
        try:
            return await making
        except DeftlyError:
            return None

    def decline(self, tool: str, arguments: JsonValue) -> None:
        """Remember a call a person refused: the same one is not asked again in this turn."""
        self._declined.add(self._key(tool, arguments))

    def begin_turn(self) -> None:
        """Forget what was refused: the person has written something new."""
        self._declined.clear()

    def begin_run(self) -> None:
        """Forget the calls of the last run of the model."""
        self.held.clear()
        self._under_way.clear()

    def _key(self, tool: str, arguments: JsonValue) -> bytes:
        """Return what two calls share that would do the same: their bound arguments."""
        compiled = self._catalog.snapshot.by_tool.get(tool)
        try:
            bound = compiled.schema.bind(arguments) if compiled is not None else arguments
        except InvalidArguments:
            bound = arguments
        try:
            return canonical_json([tool, _plain(bound)])
        except NotJsonError:
            return repr((tool, bound)).encode(errors="replace")


def _plain(value: JsonValue) -> JsonValue:
    """Return the value with one spelling for what a person would not tell apart."""
    match value:
        case str():
            return _as_seen(value)
        case float() if value.is_integer():
            return int(value)
        case dict():
            return {name: _plain(one) for name, one in value.items()}
        case list():
            return [_plain(one) for one in value]
        case _:
            return value


def _as_seen(text: str) -> str:
    """Return a text without its case, its blanks at the ends and what nobody sees of it."""
    words = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    kinds = ((one, unicodedata.category(one)) for one in words)
    return "".join("-" if kind == "Pd" else one for one, kind in kinds if kind not in _UNSEEN)


def _correction(fault: InvalidArguments, *, last: bool) -> ModelRetry | ToolFailed:
    """Return all problems at once, as a request for other arguments while that makes sense."""
    problems = " ".join(problem.message for problem in fault.details) or fault.message
    return ToolFailed(problems) if last else ModelRetry(problems)
