"""Generating: a prompt becomes the draft of a widget, without a model where it holds a card."""

import asyncio
import re
from dataclasses import dataclass
from typing import Final

from deftly.agent.models.configured import Models
from deftly.agent.proposing import WORDS_LIMIT, Request, prompt_in, propose, refuse_length
from deftly.catalog.catalog import Catalog
from deftly.catalog.widget_preview import Preview, preview_draft
from deftly.errors import InvalidDefinition, Problem
from deftly.values import JsonObject, JsonValue, NotJsonError, parse_json

_TOOLS_TOLD: Final = 60
_NAME_LIMIT: Final = 40
_FENCE: Final = re.compile(r"```[A-Za-z]*[ \t]*\n(.*?)(?:```|\Z)", re.DOTALL)
_NO_NAME: Final = re.compile(r"(?:\$\{[^}]*\}|[^a-z0-9])+")
_LONG: Final = "paste the card alone"
_OFFLINE: Final = (
    "A prompt that holds an Adaptive Card needs no model: paste one, or begin with a sample of the "
    "gallery."
)


@dataclass(frozen=True, slots=True)
class WidgetDraft:
    """A widget that nobody has stored, and what to know of it."""

    definition: JsonObject
    warnings: tuple[Problem, ...]


class WidgetDrafter:
    """Drafts widgets from prompts; nothing is stored."""

    def __init__(self, models: Models, catalog: Catalog) -> None:
        """Take the models, and the actions that buttons may call."""
        self._models = models
        self._catalog = catalog

    async def generate(self, prompt: JsonValue) -> WidgetDraft:
        """Return a draft of what a prompt asks for; it can be drawn with its example.

        Raises:
            InvalidRequest: There is no prompt, or it is too long.
            InvalidDefinition: The card in it can be no widget.
            ModelUnavailable: It needs a model, and there is none that can do this.
            ModelAnswerUnusable: The model's second answer was no better than its first.
        """
        words = prompt_in(prompt, "say what the widget shows, or paste a card", hint=_LONG)
        written = await asyncio.to_thread(_card_in, words)
        if written is not None:
            return await self._draft(written)
        refuse_length(words, WORDS_LIMIT, hint=_LONG)
        return await self._propose(words)

    async def _propose(self, prompt: str) -> WidgetDraft:
        from deftly.agent.widget_proposal import WidgetProposal, instructions_with

        async def checked(proposal: WidgetProposal) -> WidgetDraft:
            return await self._draft(proposal.definition())

        tools = [one.action.tool for one in self._catalog.snapshot.actions if one.action.enabled]
        instructions = await asyncio.to_thread(instructions_with, tools[:_TOOLS_TOLD])
        request = Request(WidgetProposal, instructions, offline=_OFFLINE)
        return await propose(self._models, prompt, request, checked)

    async def _draft(self, definition: JsonObject) -> WidgetDraft:
        shown = await asyncio.to_thread(preview_draft, definition, {})
        if shown.error is not None:
            raise InvalidDefinition(shown.error, details=shown.problems)
        named = _named(definition, shown)
        known = self._catalog.snapshot.by_tool
        strangers = (
            Problem(
                "template", f"template: a button calls {tool}, and there is no such action yet."
            )
            for tool in shown.calls
            if tool not in known
        )
        return WidgetDraft(named, (*shown.problems, *strangers))


def _card_in(prompt: str) -> JsonObject | None:
    """Return a definition of the card, or the whole definition, that is written out."""
    for text in (*_FENCE.findall(prompt), prompt):
        start, end = text.find("{"), text.rfind("}")
        try:
            value = parse_json(text[start : end + 1].encode()) if 0 <= start < end else None
        except NotJsonError:
            continue
        if not isinstance(value, dict):
            continue
        template = value.get("template", value)
        if isinstance(template, dict) and template.get("type") == "AdaptiveCard":
            return value if "template" in value else {"template": value}
    return None


def _named(definition: JsonObject, shown: Preview) -> JsonObject:
    """Return the definition with a name: a card that was pasted is named after its first line."""
    if definition.get("name"):
        return definition
    line = next(iter(shown.spoken.splitlines()), "")
    name = _NO_NAME.sub("_", line.lower())[:_NAME_LIMIT].strip("_")
    return {"name": name or "card", **definition}
