"""The forms of bodies, for the OpenAPI document.

Requests are judged by the domain, not by these; answers are checked against them in tests.
"""

from typing import Literal

from pydantic import ConfigDict, Field, JsonValue

from deftly.domain.access import ApiKey, Scope
from deftly.domain.model import Model
from deftly.domain.run import Run, RunFault, Status
from deftly.domain.secret import SecretInfo
from deftly.engine.tracing import Verdict


class Open(Model):
    """Further members are possible."""

    model_config = ConfigDict(extra="allow")


class Detail(Model):
    """One thing wrong, and where."""

    path: str
    message: str


class Error(Model):
    """Every refusal has this form."""

    error: str
    code: str
    details: list[Detail] | None = None


class Done(Model):
    """It was done."""

    ok: Literal[True]


class ToolList(Model):
    """What an agent may call now, in the form that was asked for."""

    tools: list[dict[str, JsonValue]]


class CallRequest(Model):
    """A call."""

    arguments: JsonValue = None
    conversation_id: str | None = Field(None, max_length=200)
    idempotency_key: str | None = Field(None, max_length=200)


class OpenQuestion(Model):
    """A pending question to a person."""

    id: str
    expires_at: str
    summary: dict[str, JsonValue]
    url: str
    token: str | None = None


class OutcomeCard(Model):
    """The card a call has shown: an Adaptive Card, and what it is pressed under."""

    card_id: str
    name: str
    card: dict[str, JsonValue]


class OutcomeAnswer(Model):
    """What became of a call."""

    status: Status
    run_id: str
    duration_ms: float
    result: JsonValue = None
    widget: OutcomeCard | None = None
    error: RunFault | None = None
    confirmation: OpenQuestion | None = None
    recorded: Literal[False] | None = None


class ConfirmationInfo(Model):
    """A question to a person as it is listed: never its tokens."""

    id: str
    run_id: str
    action_id: str
    tool: str
    summary: dict[str, JsonValue]
    requester: str
    conversation_id: str | None = None
    created_at: str
    expires_at: str
    status: Status
    asked_times: int
    answered_by: str | None = None
    answered_at: str | None = None


class ConfirmationList(Model):
    """Questions, newest first."""

    confirmations: list[ConfirmationInfo]


class OneConfirmation(Model):
    """One question."""

    confirmation: ConfirmationInfo


class Answer(Model):
    """A person's answer: the token and nothing else."""

    token: str


class Token(Model):
    """A further token; it is told once."""

    token: str


class RunList(Model):
    """Runs, newest first; ``next`` is the cursor of the following page."""

    runs: list[Run]
    next: str | None


class OneRun(Model):
    """One run."""

    run: Run


class RunConsent(Model):
    """Whether a person agreed to a run, who answered and when."""

    id: str
    status: Status
    asked_at: str
    expires_at: str
    answered_by: str | None
    answered_at: str | None


class RunTrace(OneRun):
    """A run with its request as rendered, secrets by name, and the guard's verdict."""

    request: dict[str, JsonValue] | None
    no_request: str | None
    verdict: Verdict
    confirmation: RunConsent | None


class RunsThen(Model):
    """The runs of one hour or day; ``averageMs`` is of those that ran to an end."""

    at: str
    runs: dict[Status, int]
    average_ms: float | None


class RunsOverTime(Model):
    """Runs by the time of their call, oldest first; times without any are left out."""

    since: str
    until: str
    counts: list[RunsThen]


class LastRun(Model):
    """The newest run of an action."""

    id: str
    status: Status
    at: str


class ActionRecord(Model):
    """How many of an action's newest runs failed, and the very newest."""

    action_id: str
    calls: int
    failed: int
    last_run: LastRun


class RunsByAction(Model):
    """How actions fared lately; those that have not run are left out."""

    actions: list[ActionRecord]


class SecretList(Model):
    """Names and hosts, never values."""

    secrets: list[SecretInfo]


class SecretValue(Model):
    """A new value, and the only hosts it may be sent to."""

    value: str
    hosts: list[str] | None = None


class StoredSecret(Model):
    """What may be told of a stored secret."""

    ok: Literal[True]
    secret: SecretInfo


class KeyList(Model):
    """Keys, never their texts."""

    keys: list[ApiKey]


class NewKey(Model):
    """What the key is called and what its holder may do."""

    name: str
    scopes: list[Scope]


class MadeKey(Model):
    """A new key; its text is told once."""

    ok: Literal[True]
    key: ApiKey
    secret: str


class Alive(Model):
    """The process answers."""

    status: Literal["ok"]


class FileWarning(Model):
    """A definition file that cannot be used as it stands."""

    file: str
    line: int | None
    message: str
    fix: str
    still_live: bool


class IsolationState(Model):
    """What isolates one kind of action, why, and what to do where nothing does."""

    handler: Literal["code", "shell"]
    available: bool
    isolation: Literal["bubblewrap", "deno", "none", "off"]
    message: str


class Ready(Model):
    """Calls are answered; ``warnings`` lists definition files that need mending."""

    status: Literal["ready"]
    warnings: list[FileWarning]
    isolation: list[IsolationState]
