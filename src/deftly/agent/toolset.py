"""The live actions as a model's tools; every call goes through the engine."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from pydantic_ai import CallDeferred, ModelRetry, RunContext, ToolDefinition, ToolFailed
from pydantic_ai.toolsets import AbstractToolset
from pydantic_ai.toolsets.abstract import ToolsetTool
from pydantic_core import SchemaValidator, core_schema

from deftly.agent.calling import HoldsActions, MakesCalls
from deftly.agent.events import ToolAnswered
from deftly.agent.opening import Pressed
from deftly.agent.sameness import key_of
from deftly.agent.telling import DECLINED, told, told_or_why
from deftly.catalog.compile import CompiledAction
from deftly.domain.access import Principal
from deftly.domain.run import Call, Outcome, Question, ShownCard, Trigger
from deftly.errors import DeftlyError, InvalidArguments
from deftly.values import JsonObject, JsonValue

CORRECTIONS: Final = 2

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
        in_browser: Client actions are offered, too.
    """

    principal: Principal
    trigger: Trigger
    conversation_id: str
    cautious: bool = False
    in_browser: bool = False


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
        cards: What was shown of them, by our id of the call.
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
        self.cards: dict[str, ShownCard] = {}
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
                one
                for one in snapshot.actions
                if one.is_offered(in_browser=self._caller.in_browser)
                and self._allows(one.action.tool)
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

    @property
    def press_id(self) -> str:
        """Our id of the call of a pressed button; a turn has one at most."""
        return f"{self._prefix}press"

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
        making = self._call(self._caller, call_id, model_call_id, tool, arguments)
        self._under_way[call_id] = asyncio.create_task(making)
        return await asyncio.shield(self._under_way[call_id])

    async def press(self, pressed: Pressed) -> ToolAnswered | HeldCall:
        """Make the call of a card's button that a person pressed.

        Its arguments are no guess of a model's, so the action's own mode decides if it asks.
        """
        call_id, tool = self.press_id, pressed.tool
        caller = replace(self._caller, trigger=Trigger.WIDGET, cautious=False)
        making = self._call(caller, call_id, call_id, tool, pressed.arguments)
        self._under_way[call_id] = asyncio.create_task(making)
        try:
            outcome = await asyncio.shield(self._under_way[call_id])
        except DeftlyError as fault:
            problems = " ".join(problem.message for problem in fault.details)
            return ToolAnswered(call_id, tool, problems or fault.message, failed=True)
        if call_id in self.held:
            return self.held[call_id]
        said, failed = told_or_why(outcome)
        return ToolAnswered(call_id, tool, said, failed, outcome.run_id, outcome.card)

    async def _call(
        self, caller: Caller, call_id: str, model_call_id: str, tool: str, arguments: JsonObject
    ) -> Outcome:
        visitor = caller.principal.visitor
        call = Call(
            tool=tool,
            arguments=arguments,
            principal=caller.principal,
            trigger=caller.trigger,
            conversation_id=caller.conversation_id,
            user=None if visitor is None else visitor.user,
            page=None if visitor is None else visitor.page,
            cautious=caller.cautious,
        )
        outcome = await self._engine.call(call)
        self.run_ids[call_id] = outcome.run_id
        if outcome.card is not None:
            self.cards[call_id] = outcome.card
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
        return key_of(tool, bound)


def _correction(fault: InvalidArguments, *, last: bool) -> ModelRetry | ToolFailed:
    """Return all problems at once, as a request for other arguments while that makes sense."""
    problems = " ".join(problem.message for problem in fault.details) or fault.message
    return ToolFailed(problems) if last else ModelRetry(problems)
