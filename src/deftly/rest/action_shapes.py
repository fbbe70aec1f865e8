"""The forms of bodies that hold definitions, for the OpenAPI document."""

from typing import Literal

from pydantic import JsonValue

from deftly.domain.action import Action, CallLimits, Example, ExecutionMode
from deftly.domain.handler import Handler
from deftly.domain.model import Model
from deftly.domain.run import ConsoleLine
from deftly.rest.shapes import Detail, FileWarning, Open


class ActionList(Model):
    """All actions, in the order they were created."""

    actions: list[Action]


class OneAction(Model):
    """One action; ``fileProblem`` says why a later edit of its file is not live."""

    action: Action
    file_problem: FileWarning | None


class SavedAction(Model):
    """A stored action, and what may surprise its author."""

    ok: Literal[True]
    action: Action
    warnings: list[Detail]


class DraftParameter(Open):
    """A declared input."""

    name: str
    type: str | None = None
    description: str | None = None
    required: bool | None = None


class ActionPatch(Open):
    """The fields to change; null leaves a field as it is."""

    name: str | None = None
    description: str | None = None
    similes: list[str] | None = None
    parameters: list[DraftParameter] | None = None
    input_schema: dict[str, JsonValue] | None = None
    handler: Handler | None = None
    execution_mode: ExecutionMode | None = None
    acknowledge_writes: bool | None = None
    widget: str | None = None
    examples: list[Example] | None = None
    limits: CallLimits | None = None
    enabled: JsonValue = True


class ActionDraft(ActionPatch):
    """A definition; the server adds id, version and times."""

    name: str
    description: str
    handler: Handler


class TestRequest(Open):
    """What to test with."""

    params: dict[str, JsonValue] | None = None


class DraftTestRequest(TestRequest):
    """A definition that is not stored, and what to test it with."""

    action: ActionDraft


class TestedCard(Model):
    """The card of a test: the widget's name and an Adaptive Card."""

    name: str
    card: dict[str, JsonValue]


class TestAnswer(Model):
    """How a test went; ``output`` is the data as text, ``result`` what an agent would get.

    ``received`` is what came back, as text, before ``resultPath``; absent where nothing did.
    ``widget`` is the card that was shown, ``note`` what its author should know of it, ``console``
    what its code wrote there.
    """

    ok: bool
    output: str
    duration_ms: float
    received: str | None = None
    result: JsonValue = None
    request: dict[str, JsonValue] | None = None
    widget: TestedCard | None = None
    note: str | None = None
    console: tuple[ConsoleLine, ...] | None = None
    error: str | None = None
    code: str | None = None


class Preview(Model):
    """The rendered request; nothing was sent."""

    request: dict[str, JsonValue]


class Export(Model):
    """What an import takes; no secret values."""

    actions: list[dict[str, JsonValue]]


class RevisionInfo(Open):
    """One stored version of an action."""

    version: int
    at: str
    author: str
    definition: dict[str, JsonValue]


class RevisionList(Model):
    """Every stored version, newest first."""

    revisions: list[RevisionInfo]
