"""Reading case files: YAML, JSON and JSON lines, ours and the plain lists of others."""

import difflib
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final, NoReturn

from deftly.agent.evaluation.cases import (
    DIRECT,
    INJECTION,
    MISSING,
    SEVERAL,
    SMALL_TALK,
    Case,
    CaseSet,
    ExpectedCall,
    Step,
)
from deftly.errors import InvalidRequest
from deftly.store.yaml.fault import YamlFault
from deftly.store.yaml.read import read_object
from deftly.values import JsonObject, JsonValue, NotJsonError, parse_json

# The first name is ours, the others are read all the same.
_SAY: Final = ("say", "utterance", "text", "message", "question")
_TOOL: Final = ("tool", "action")
_ARGUMENTS: Final = ("arguments", "args", "params")
_KNOWN: Final = frozenset(
    {*_SAY, *_TOOL, *_ARGUMENTS, "id", "kind", "calls", "expected", "asks", "then", "results"}
    | {"noAutomaticWrite"}
)
_OPENS: Final = rb"\A(?:\xef\xbb\xbf)?(?:[ \t]*(?:#[^\n]*|---[ \t]*)?\r?\n)*"
_STARTS_A_LIST: Final = re.compile(_OPENS + rb"(?=-[ \t\r\n]|\[)")


def read_cases(path: Path) -> CaseSet:
    """Return the cases of a file.

    Raises:
        InvalidRequest: It cannot be read; the sentence names the file and the case.
    """
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise InvalidRequest(f"{path}: cannot be read ({fault.strerror}).") from None
    return _case_set(path, _parsed(path, data))


def _parsed(path: Path, data: bytes) -> JsonObject:
    """Return the file as a mapping; a plain list becomes its cases."""
    try:
        match path.suffix.lower():
            case ".jsonl" | ".ndjson":
                lines = (line for line in data.splitlines() if line.strip())
                value: JsonValue = [parse_json(line) for line in lines]
            case ".json":
                value = parse_json(data)
            case _ if _STARTS_A_LIST.match(data):
                value = read_object(_as_cases(data))
            case _:
                value = read_object(data)
    except (YamlFault, NotJsonError) as fault:
        raise InvalidRequest(f"{path}: {fault}") from None
    if isinstance(value, list):
        return {"cases": value}
    if not isinstance(value, dict):
        raise InvalidRequest(f"{path}: it holds neither a mapping with cases nor a list of them.")
    return value


def _as_cases(data: bytes) -> bytes:
    """Return a YAML list as the member of a mapping, which every definition file is."""
    rest = _STARTS_A_LIST.sub(b"", data)
    return (b"cases: " if rest.startswith(b"[") else b"cases:\n") + rest


def _case_set(path: Path, written: JsonObject) -> CaseSet:
    items, results = written.get("cases"), written.get("results")
    if not isinstance(items, list) or not items:
        raise InvalidRequest(f"{path}: cases is missing or empty; write a list of cases.")
    shared = results if isinstance(results, dict) else {}
    cases = tuple(_case(number, item, shared) for number, item in enumerate(items, 1))
    _refuse_twins(path, cases)
    name = written.get("domain")
    return CaseSet(
        name=name if isinstance(name, str) and name else path.stem,
        today=_day(path, written.get("today")),
        actions=_actions(path, written.get("actions")),
        cases=cases,
    )


def _refuse_twins(path: Path, cases: tuple[Case, ...]) -> None:
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            raise InvalidRequest(f"{path}: two cases have the id {case.id}; give each its own.")
        seen.add(case.id)


def _day(path: Path, given: JsonValue) -> date | None:
    if given is None:
        return None
    try:
        return date.fromisoformat(str(given))
    except ValueError:
        raise InvalidRequest(
            f"{path}: today is {given!r}, which is no day; write it as 2026-03-10."
        ) from None


def _actions(path: Path, given: JsonValue) -> tuple[JsonObject, ...] | None:
    if given is None:
        return None
    actions = [each for each in given if isinstance(each, dict)] if isinstance(given, list) else []
    if not actions or not isinstance(given, list) or len(actions) != len(given):
        raise InvalidRequest(f"{path}: actions must be a list of definitions.")
    return tuple(actions)


def _case(number: int, item: JsonValue, shared: JsonObject) -> Case:
    name = f"case {number}"
    if not isinstance(item, dict):
        _refuse(name, "it is no mapping; write at least say and calls")
    given = item.get("id")
    name = str(given) if isinstance(given, str | int) and given != "" else name
    guarded = item.get("noAutomaticWrite") is True
    first = _step(name, item, guarded=guarded)
    kind, results = item.get("kind"), item.get("results")
    return Case(
        id=name,
        kind=kind if isinstance(kind, str) and kind else _kind_of(first, guarded=guarded),
        first=first,
        no_automatic_write=guarded,
        results={**shared, **(results if isinstance(results, dict) else {})},
    )


def _kind_of(step: Step, *, guarded: bool) -> str:
    if guarded:
        return INJECTION
    if step.asks:
        return MISSING
    match step.calls:
        case () | None:
            return SMALL_TALK
        case (_,):
            return DIRECT
        case _:
            return SEVERAL


def _step(name: str, item: Mapping[str, JsonValue], *, guarded: bool) -> Step:
    _refuse_misspelled(name, item)
    said = _first(item, _SAY)
    if not isinstance(said, str):
        _refuse(name, "say is missing; write what the person says")
    asks = item.get("asks")
    names = [asks] if isinstance(asks, str) else asks if isinstance(asks, list) else []
    wanted = tuple(each for each in names if isinstance(each, str))
    calls = () if wanted else _calls(name, item)
    if calls is None and not guarded:
        _refuse(name, "it says nothing about what is right; write calls, asks or noAutomaticWrite")
    after = item.get("then")
    if after is not None and not isinstance(after, dict):
        _refuse(name, "then must be a mapping with say and calls")
    then = _step(name, after, guarded=guarded) if isinstance(after, dict) else None
    return Step(said, calls, wanted, then)


def _refuse_misspelled(name: str, item: Mapping[str, JsonValue]) -> None:
    for key in item.keys() - _KNOWN:
        near = difflib.get_close_matches(key, _KNOWN, n=1, cutoff=0.8)
        if near:
            _refuse(name, f"it has the key {key}; did you mean {near[0]}?")


def _calls(name: str, item: Mapping[str, JsonValue]) -> tuple[ExpectedCall, ...] | None:
    """Return the calls an item expects, None if it says nothing about calls."""
    for key in ("calls", "expected"):
        if key in item:
            given = item[key]
            many = given if isinstance(given, list) else [given]
            read = (_call(name, each) for each in many)
            return tuple(call for call in read if call is not None)
    if any(key in item for key in _TOOL):
        call = _call(name, dict(item))
        return () if call is None else (call,)
    return None


def _call(name: str, given: JsonValue) -> ExpectedCall | None:
    """Return one expected call; no tool means that nothing is to be called."""
    if given is None:
        return None
    if not isinstance(given, dict):
        _refuse(name, "a call must be a mapping with tool and arguments")
    tool, arguments = _first(given, _TOOL), _first(given, _ARGUMENTS)
    if tool is None or tool == "":
        return None
    if not isinstance(tool, str):
        _refuse(name, "tool must be the name of an action")
    if arguments is not None and not isinstance(arguments, dict):
        _refuse(name, "arguments must be a mapping of names and values")
    return ExpectedCall(tool, {k: v for k, v in (arguments or {}).items() if v is not None})


def _first(item: Mapping[str, JsonValue], keys: tuple[str, ...]) -> JsonValue:
    return next((item[key] for key in keys if key in item), None)


def _refuse(name: str, reason: str) -> NoReturn:
    end = "" if reason.endswith("?") else "."
    raise InvalidRequest(f"{name}: {reason}{end}")
