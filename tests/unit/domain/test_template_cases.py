"""The table of hostile and legitimate template inputs, through the public functions."""

import json
import re
from pathlib import Path

import pytest

from deftly.domain.template import RenderScope, compile_body, compile_header, compile_url
from deftly.errors import InvalidArguments, InvalidDefinition
from deftly.values import parse_json

_CASES = json.loads(
    (Path(__file__).parents[2] / "fixtures" / "template_cases.json").read_text(encoding="utf-8")
)


def _value(value):
    """Return the value a table means: ``x*20000`` stands for so many of one character."""
    repeated = re.fullmatch(r"(.)\*(\d+)", value) if isinstance(value, str) else None
    return repeated[1] * int(repeated[2]) if repeated else value


def _compile(case):
    text = case["template"]
    match case["where"]:
        case "url":
            allowed = bool(case.get("options", {}).get("host_label_params"))
            return compile_url(text, path="handler.url", allow_host_parameter=allowed)
        case "header":
            return compile_header("X-Test", text, path="handler.headers.X-Test")
        case "header_name":
            return compile_header(text, "x", path="handler.headers")
        case "json":
            return compile_body(text, None, path="handler.body")
        case "form":
            return compile_body(text, "application/x-www-form-urlencoded", path="handler.body")
        case _:
            raise AssertionError(case)


def _shown(case, rendered):
    match case["where"]:
        case "json":
            return parse_json(rendered)
        case "form":
            return rendered.decode()
        case _:
            return rendered


def _render(case):
    scope = RenderScope({name: _value(value) for name, value in case["params"].items()})
    return _shown(case, _compile(case).render(scope))


@pytest.mark.parametrize("case", _CASES, ids=[case["id"] for case in _CASES])
def test_every_case_of_the_table_ends_as_it_says(case):
    match case["expect"]:
        case "value":
            assert _render(case) == case["result"]
        case "refuse":
            # Refused when saved is refused in time, too.
            with pytest.raises((InvalidArguments, InvalidDefinition)):
                _render(case)
        case "refuse_save":
            with pytest.raises(InvalidDefinition):
                _compile(case)
        case _:
            raise AssertionError(case)


def test_a_value_with_dots_is_no_host_label_even_where_one_is_admitted():
    template = compile_url(
        "https://{{h}}.example.com/x", path="handler.url", allow_host_parameter=True
    )

    with pytest.raises(InvalidArguments):
        template.render(RenderScope({"h": "a.b"}))
