"""Having a model fill a form with a definition: corrected once, its faults told in sentences."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from deftly.agent.models.configured import Models
from deftly.errors import (
    DeftlyError,
    InvalidDefinition,
    InvalidRequest,
    ModelAnswerUnusable,
    ModelUnavailable,
    Problem,
)
from deftly.values import JsonValue

if TYPE_CHECKING:
    from pydantic import BaseModel

# More than this is a document; documents are imported.
PROMPT_LIMIT: Final = 500_000
WORDS_LIMIT: Final = 20_000
TIMEOUT_S: Final = 120.0

Form = TypeVar("Form", bound="BaseModel")
Checked = TypeVar("Checked")


@dataclass(frozen=True, slots=True)
class Request(Generic[Form]):
    """What a model is asked for.

    Attributes:
        offline: A sentence that says what works without a model.
    """

    form: type[Form]
    instructions: str
    offline: str


def prompt_in(given: JsonValue, wanted: str, *, hint: str) -> str:
    """Return a prompt.

    Args:
        given: What was sent for it.
        wanted: What it is to say, as the end of a sentence.
        hint: What to do with what is too long for one, as the end of a sentence.

    Raises:
        InvalidRequest: There is none, or it is too long.
    """
    if not isinstance(given, str) or not given.strip():
        message = f"prompt is required: {wanted}."
        raise InvalidRequest(message, details=[Problem("prompt", message)])
    refuse_length(given, PROMPT_LIMIT, hint=hint)
    return given


def refuse_length(prompt: str, limit: int, *, hint: str) -> None:
    """Refuse a prompt of more characters.

    Raises:
        InvalidRequest: It has more.
    """
    if len(prompt) > limit:
        message = f"prompt is over {limit} characters; say it in fewer words, or {hint}."
        raise InvalidRequest(message, details=[Problem("prompt", message)])


async def propose(
    models: Models,
    prompt: str,
    request: Request[Form],
    check: Callable[[Form], Awaitable[Checked]],
) -> Checked:
    """Return what the model's answer comes to.

    Raises:
        ModelUnavailable: There is no model that can do this.
        ModelAnswerUnusable: The model's second answer was no better than its first.
    """
    from pydantic_ai import Agent, ModelRetry
    from pydantic_ai.usage import UsageLimits

    from deftly.agent.faults import FAULTS

    _refuse_local(models.default, request.offline)
    agent = Agent(
        models.named(models.default),
        output_type=request.form,
        instructions=request.instructions,
        retries=1,
        name="deftly-drafts",
    )
    usable_answers: list[Checked] = []

    @agent.output_validator
    async def usable(proposal: Form) -> Form:
        try:
            usable_answers.append(await check(proposal))
        except InvalidDefinition as fault:
            raise ModelRetry(_correction(fault)) from None
        return proposal

    try:
        limits = UsageLimits(request_limit=3)
        await agent.run(prompt, usage_limits=limits, timeout=TIMEOUT_S)
    except FAULTS as fault:
        raise _failed(fault) from None
    return usable_answers[-1]


def _refuse_local(default: str, offline: str) -> None:
    if default in {"local", "none", ""}:
        which = (
            "The local model cannot write definitions"
            if default == "local"
            else "No model is configured"
        )
        message = (
            f"{which}. Set model to `openai:NAME` (with model_api_key, or model_base_url of a "
            f"compatible server). {offline}"
        )
        raise ModelUnavailable(message)


def _correction(fault: InvalidDefinition) -> str:
    told = [one.message for one in fault.details] or [fault.message]
    return "The definition cannot be used. Correct it and answer again:\n- " + "\n- ".join(
        told[:20]
    )


def _failed(fault: Exception) -> DeftlyError:
    from deftly.agent.faults import turn_failed

    told = turn_failed(fault)
    if told.code == ModelAnswerUnusable.code:
        message = (
            "The model's answer was no usable definition, nor was its second one. Try other "
            "words, or another model."
        )
        return ModelAnswerUnusable(message, internal=str(fault))
    return ModelUnavailable(told.message, internal=str(fault))
