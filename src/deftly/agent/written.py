"""What a prompt may hold already: a cURL command, or operations of an OpenAPI document."""

import asyncio
import re
from dataclasses import replace
from typing import Final

from deftly.catalog.porting.draft import Draft, Drafts
from deftly.catalog.porting.importing import Importer, Wanted
from deftly.catalog.porting.openapi.document import METHODS
from deftly.catalog.porting.openapi.reading import read_text
from deftly.errors import InvalidDefinition, InvalidRequest, Problem
from deftly.values import JsonObject, JsonValue, dump_json

_FENCE: Final = re.compile(r"```[A-Za-z]*[ \t]*\n(.*?)(?:```|\Z)", re.DOTALL)
_CURL: Final = re.compile(
    r"(?:^|(?<=[\s:`]))(?:\S{0,200}[/\\])?curl(?:\.exe)?"
    r"(?=\s{1,9}(?:[-'\"$^]|https?:|[\w.-]{1,200}[./:]))",
    re.IGNORECASE,
)
_STRUCTURE: Final = re.compile(
    r"(?m)^[ \t]*(?:\{|[\"']?(?:openapi|swagger|paths|/[^\s:]*)[\"']?:)"
    r"|\{\s*\"(?:openapi|swagger|paths|/[^\s\"]*)\""
)
_URL: Final = re.compile(r"https?://[^\s\"'<>{}`]+")
_OPERATION: Final = frozenset({*METHODS})


async def draft_in(prompt: str, importer: Importer) -> Draft | None:
    """Return the checked draft of what is written out in a prompt; None where nothing is.

    Raises:
        InvalidRequest: The command asks for what no action can do.
        InvalidDefinition: No action can be made of the operation.
    """
    document = await asyncio.to_thread(_document_in, prompt)
    if document is not None:
        return await _from_document(document, prompt, importer)
    command = await asyncio.to_thread(_command_in, prompt)
    if command is None:
        return None
    drafts = await importer.read(Wanted("curl", command))
    return drafts.drafts[0]


def _command_in(prompt: str) -> str | None:
    for text in (*_FENCE.findall(prompt), prompt):
        found = _CURL.search(text)
        if found:
            rest = text[found.start() :]
            # In a sentence, a command between backticks ends with them.
            inline = found.start() > 0 and text[found.start() - 1] == "`"
            return (
                rest.partition("`")[0] if inline else re.split(r"\n[ \t]*\n", rest, maxsplit=1)[0]
            )
    return None


def _document_in(prompt: str) -> JsonObject | None:
    for text in (*_FENCE.findall(prompt), prompt):
        found = _STRUCTURE.search(text)
        if found is None:
            continue
        part = text[found.start() :].strip()
        try:
            document = _as_document(read_text(_balanced(part)))
        except InvalidRequest:
            continue
        if document is not None:
            return document
    return None


def _balanced(text: str) -> str:
    """Return a JSON object without what follows it."""
    if not text.startswith("{"):
        return text
    end = text.rfind("}")
    return text[: end + 1] if end > 0 else text


def _as_document(value: JsonValue) -> JsonObject | None:
    """Return a document of a document, of its paths, or of one path."""
    if not isinstance(value, dict):
        return None
    if "openapi" in value or "swagger" in value:
        return value
    paths = value.get("paths", value)
    if not isinstance(paths, dict) or not paths:
        return None
    for path, item in paths.items():
        if not path.startswith("/") or not isinstance(item, dict) or not _OPERATION & item.keys():
            return None
    return (
        {"openapi": "3.1.0", **value, "paths": paths}
        if "paths" in value
        else {
            "openapi": "3.1.0",
            "paths": paths,
        }
    )


async def _from_document(document: JsonObject, prompt: str, importer: Importer) -> Draft:
    text = dump_json(document).decode()
    drafts = await importer.read(Wanted("openapi", text))
    if not drafts.drafts and "servers" not in document:
        address = _URL.search(prompt)
        if address:
            base_url = address[0].rstrip(".,;)")
            drafts = await importer.read(Wanted("openapi", text, base_url=base_url))
    if not drafts.drafts:
        first = drafts.refused[0]
        raise InvalidDefinition(
            f"{first.source}: {first.fault.message}", details=first.fault.details
        )
    return _chosen(drafts, prompt)


def _chosen(drafts: Drafts, prompt: str) -> Draft:
    """Return the one operation, or the first of several with a word about the others."""
    found = drafts.drafts
    if len(found) == 1:
        return found[0]
    before = prompt[: prompt.find("paths")] if "paths" in prompt else ""
    named = [one for one in found if re.search(rf"\b{re.escape(one.source)}\b", before)]
    draft = named[0] if named else found[0]
    sentence = f"This is {draft.source}, one of {len(found)} operations; import the others."
    return replace(draft, warnings=(Problem("", sentence), *draft.warnings))
