"""One value changes exactly one component, whatever it is."""

import json
import math
from typing import TYPE_CHECKING
from urllib.parse import unquote

from hypothesis import given, reject
from hypothesis import strategies as st

from deftly.domain.template import RenderScope, compile_body, compile_header, compile_url
from deftly.errors import InvalidArguments, InvalidDefinition, Problem

if TYPE_CHECKING:
    from deftly.values import JsonValue

_HOSTILE = st.sampled_from(
    [
        "..",
        ".",
        "%2e%2e",
        "/",
        "\\",
        "?",
        "#",
        "&",
        "=",
        ";",
        "@",
        ":",
        "//x",
        "{{b}}",
        "}}",
        "{{secrets.K}}",
        '"',
        '","x":"',
        "\r\n",
        "\x00",
        "\u202e",
        "+",
        "%",
        "é",
        "😀",
        "__proto__",
    ]
)
_TEXTS = st.one_of(st.text(max_size=30), st.lists(_HOSTILE, max_size=5).map("".join))
_SCALARS = st.one_of(
    _TEXTS, st.integers(), st.booleans(), st.floats(allow_nan=False, allow_infinity=False)
)
_VALUES = st.recursive(
    st.one_of(_SCALARS, st.none()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(_TEXTS, inner, max_size=3)
    ),
    max_leaves=6,
)
_URL = compile_url(
    "https://api.example.com:8443/v1/{{a}}/x{{b}}y;p={{c}}?q={{d}}&{{e}}=1&z", path="handler.url"
)
_PLAIN = {"a": "A", "b": "B", "c": "C", "d": "D", "e": "E"}


def _components(url):
    """Split a URL by hand: an independent reader of the same grammar."""
    scheme, _, rest = url.partition("://")
    before, _, query = rest.partition("?")
    authority, *segments = before.split("/")
    assert "#" not in url
    found = {"scheme": scheme, "authority": authority, "count": len(segments)}
    found |= {f"segment{i}": one for i, one in enumerate(segments)}
    pairs = query.split("&")
    found["pairs"] = len(pairs)
    for index, pair in enumerate(pairs):
        name, equals, value = pair.partition("=")
        found |= {f"name{index}": name, f"equals{index}": equals, f"value{index}": value}
    return found


_PLACES = {
    "a": ("segment1", "", ""),
    "b": ("segment2", "x", "y;p=C"),
    "c": ("segment2", "xBy;p=", ""),
    "d": ("value0", "", ""),
    "e": ("name1", "", ""),
}


@given(st.sampled_from(sorted(_PLACES)), _TEXTS)
def test_a_value_changes_one_component_of_a_url_and_decodes_to_itself(name, value):
    try:
        url = _URL.render(RenderScope({**_PLAIN, name: value}))
    except InvalidArguments:
        reject()
    place, before, after = _PLACES[name]
    plain, changed = _components(_URL.render(RenderScope(_PLAIN))), _components(url)

    assert url.isascii()
    assert plain.keys() == changed.keys()
    assert {key for key in plain if plain[key] != changed[key]} <= {place}
    component = changed[place]
    assert component.startswith(before)
    assert component.endswith(after)
    encoded = component[len(before) : len(component) - len(after)]
    assert unquote(encoded, errors="strict") == value
    assert unquote(component.partition(";")[0]) not in {".", ".."} or not place.startswith("seg")


@given(_TEXTS)
def test_a_header_is_its_template_with_the_value_in_it_or_refused(value):
    header = compile_header("X-Test", "a {{v}} b", path="h")
    try:
        rendered = header.render(RenderScope({"v": value}))
    except InvalidArguments:
        assert not (value.isascii() and value.isprintable())
        return

    assert rendered == f"a {value} b"
    assert all(one == "\t" or " " <= one <= "~" for one in rendered)


@given(_VALUES)
def test_a_value_changes_one_leaf_of_the_json_and_keeps_its_type(value):
    bodies: tuple[JsonValue, ...] = (
        {"a": "{{v}}", "b": ["x", {"c": "{{w}}"}], "{{w}}": 1},
        '{"a": {{v}}, "b": ["x", {"c": {{w}}}], "{{w}}": 1}',
    )
    for body in bodies:
        template = compile_body(body, None, path="b")
        try:
            rendered = json.loads(template.render(RenderScope({"v": value, "w": "W"})))
        except InvalidArguments:
            reject()

        assert rendered == {"a": value, "b": ["x", {"c": "W"}], "W": 1}
        assert type(rendered["a"]) is type(value)


@given(_TEXTS)
def test_a_text_inside_a_json_string_or_name_stays_there(value):
    template = compile_body({"a": "x{{v}}y", "n{{v}}": 1}, None, path="b")
    try:
        rendered = template.render(RenderScope({"v": value}))
    except InvalidArguments:
        reject()

    assert json.loads(rendered) == {"a": f"x{value}y", f"n{value}": 1}


@given(_SCALARS)
def test_a_value_changes_one_field_of_a_form(value):
    template = compile_body("a={{v}}&b=2", "application/x-www-form-urlencoded", path="b")
    try:
        rendered = template.render(RenderScope({"v": value})).decode()
    except InvalidArguments:
        reject()
    first, second = rendered.split("&")
    name, decoded = first.split("=")

    assert (name, second) == ("a", "b=2")
    if isinstance(value, str):
        assert unquote(decoded, errors="strict") == value
    elif isinstance(value, bool):
        assert decoded == str(value).lower()
    else:
        assert math.isclose(float(unquote(decoded)), value)


@given(st.text(alphabet='{}|. a_1-"\n\\é', max_size=20))
def test_any_text_is_compiled_or_refused_and_never_fails_otherwise(text):
    problems: list[Problem | None] = []
    for compile_ in (
        lambda: compile_url(f"https://api.example.com/{text}", path="p"),
        lambda: compile_url(text, path="p", allow_host_parameter=True),
        lambda: compile_header("X", text, path="p"),
        lambda: compile_body(text, None, path="p"),
        lambda: compile_body(text, "application/json", path="p"),
        lambda: compile_body(text, "application/x-www-form-urlencoded", path="p"),
        lambda: compile_body({text: [text]}, None, path="p"),
    ):
        try:
            compile_().render(RenderScope({"a": "v"}))
        except (InvalidDefinition, InvalidArguments) as refusal:
            problems.extend(refusal.details or [None])

    assert all(problem and problem.message for problem in problems)
