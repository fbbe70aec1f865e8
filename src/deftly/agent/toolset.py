"""The live actions as a model's tools; every call goes through the engine."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pydantic_ai import CallDeferred, ModelRetry, RunContext, ToolDefinition, ToolFailed
from pydantic_ai.toolsets import AbstractToolset
from pydantic_ai.toolsets.abstract import ToolsetTool
from pydantic_core import SchemaValidator, core_schema

from deftly.catalog.catalog import Catalog
from deftly.catalog.compile import CompiledAction
from deftly.domain.access import Principal
from deftly.domain.run import Call, Outcome, Question, Status, Trigger
from deftly.engine.engine import Engine
from deftly.errors import DeftlyError, InvalidArguments
from deftly.values import JsonObject, JsonValue, NotJsonError, canonical_json

CORRECTIONS: Final = 2
WAITING: Final = "The person has not answered yet; nothing was sent."
_DECLINED: Final = (
    "The person declined this call; nothing was sent. "
    "Do not make it again unless they ask for it in a new message."
)
_SENTENCES: Final[Mapping[Status, str]] = {
    Status.CONFIRM_REQUIRED: WAITING,
    Status.RUNNING: "The call is still under way; its result is not known yet.",
    Status.DENIED: _DECLINED,
    Status.EXPIRED: "Nobody confirmed in time; nothing was sent.",
    Status.VOID: "The action was changed meanwhile; nothing was sent.",
    Status.UNKNOWN: "The call was cut off. Nobody knows if it took effect; do not repeat it.",
}

# The engine checks the arguments by the action's own schema and words what is wrong.
_ANYTHING: Final = SchemaValidator(core_schema.any_schema())


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
    """A call that waits for a person."""

    tool: str
    arguments: JsonObject
    question: Question


class ActionToolset(AbstractToolset[None]):
    """The catalog as it is at each step.

    Attributes:
        held: Calls that were held since the last look, by the model's id of the call.
    """

    def __init__(self, engine: Engine, catalog: Catalog, caller: Caller) -> None:
        """Take the one way to run an action and the place that knows them all."""
        self.held: dict[str, HeldCall] = {}
        self._engine = engine
        self._catalog = catalog
        self._caller = caller
        self._declined: set[bytes] = set()
        self._tools: dict[str, ToolsetTool[None]] = {}
        self._listed: object = None

    @property
    def id(self) -> str:
        """The name of the toolset among others."""
        return "actions"

    async def get_tools(self, ctx: RunContext[None]) -> dict[str, ToolsetTool[None]]:
        """Return what may be called now; made anew only when the catalog has changed."""
        del ctx
        snapshot = self._catalog.snapshot
        if self._listed is not snapshot:
            offered = [one for one in snapshot.actions if one.offered]
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

    async def call_tool(
        self,
        name: str,
        tool_args: JsonObject,
        ctx: RunContext[None],
        tool: ToolsetTool[None],
    ) -> JsonValue:
        """Make the call and return its result.

        Raises:
            CallDeferred: A person is asked; the outcome comes with ``DeferredToolResults``.
            ModelRetry: The arguments do not fit, and other ones may.
            ToolFailed: There is no result, and trying again does not help.
        """
        del tool
        if _key(name, tool_args) in self._declined:
            raise ToolFailed(_DECLINED)
        try:
            outcome = await self._engine.call(self._call(name, tool_args))
        except InvalidArguments as fault:
            raise _correction(fault, last=ctx.retry >= ctx.max_retries) from None
        except DeftlyError as fault:
            raise ToolFailed(fault.message) from None
        if outcome.confirmation is not None and ctx.tool_call_id is not None:
            self.held[ctx.tool_call_id] = HeldCall(name, tool_args, outcome.confirmation)
            raise CallDeferred
        return told(outcome)

    def _call(self, tool: str, arguments: JsonObject) -> Call:
        return Call(
            tool=tool,
            arguments=arguments,
            principal=self._caller.principal,
            trigger=self._caller.trigger,
            conversation_id=self._caller.conversation_id,
            cautious=self._caller.cautious,
        )

    def decline(self, tool: str, arguments: JsonValue) -> None:
        """Remember a call a person refused: the same one is not asked again in this turn."""
        self._declined.add(_key(tool, arguments))

    def begin_turn(self) -> None:
        """Forget what was refused: the person has written something new."""
        self._declined.clear()
        self.held.clear()


def told(outcome: Outcome) -> JsonValue:
    """Return what the model reads of an outcome.

    Raises:
        ToolFailed: There is no result; the message says why.
    """
    if outcome.has_result:
        return outcome.result
    if outcome.error is not None:
        raise ToolFailed(outcome.error.message)
    raise ToolFailed(_SENTENCES.get(outcome.status, "The call did not succeed."))


def _correction(fault: InvalidArguments, *, last: bool) -> ModelRetry | ToolFailed:
    """Return all problems at once, as a request for other arguments while that makes sense."""
    problems = " ".join(problem.message for problem in fault.details) or fault.message
    return ToolFailed(problems) if last else ModelRetry(problems)


def _key(tool: str, arguments: JsonValue) -> bytes:
    try:
        return canonical_json([tool, arguments])
    except NotJsonError:
        return repr((tool, arguments)).encode(errors="replace")
