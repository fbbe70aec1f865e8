import copy
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deftly.store.yaml.edit import edit_text
from deftly.store.yaml.read import read_object, read_tree
from deftly.store.yaml.text import Layout, flow_text, member_lines
from deftly.store.yaml.write import compose
from deftly.values import JsonObject, canonical_json

COMMENTED = """\
# Kept by the shop team.

# What it is called
name: GET_ORDER   # the tool
description: "Look up: an order"

similes: [TRACK_ORDER,   WHERE_IS]  # both used

# What it takes
parameters:
  # the number on the receipt
  - {name: order_id, type: string}   # A-1042
  # only for staff
  - name: depth

    # how far
    type:   integer  # not a string
handler:   # over the wire
  type: http
  # the old host is gone
  url: 'https://shop.example/{{order_id}}'
  body: |  # as the shop likes it
    first

    last

  # end of the handler

x-note: kept
# the end
"""


def edited(text: str, change) -> str:
    definition = read_object(text.encode())
    change(definition)
    return compose(definition, text.encode()).decode()


def lines_changed(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = before.split("\n"), after.split("\n")
    while old and new and old[0] == new[0]:
        del old[0], new[0]
    while old and new and old[-1] == new[-1]:
        del old[-1], new[-1]
    return old, new


def test_nothing_changed_leaves_every_byte():
    assert edited(COMMENTED, lambda _: None) == COMMENTED


# What is done, the lines that go, the lines that come. All others stay, byte for byte.
EDITS = {
    "scalar, comment at the end of its line": (
        lambda d: d.update(name="GET_ORDERS"),
        ["name: GET_ORDER   # the tool"],
        ["name: GET_ORDERS   # the tool"],
    ),
    "a quoted text keeps its quotes": (
        lambda d: d.update(description="Plain"),
        ['description: "Look up: an order"'],
        ['description: "Plain"'],
    ),
    "single quotes too": (
        lambda d: d["handler"].update(url="https://new.example/"),
        ["  url: 'https://shop.example/{{order_id}}'"],
        ["  url: 'https://new.example/'"],
    ),
    "alignment and comment of a nested value": (
        lambda d: d["parameters"][1].update(type="number"),
        ["    type:   integer  # not a string"],
        ["    type:   number  # not a string"],
    ),
    "between brackets": (
        lambda d: d["parameters"][0].update(type="integer"),
        ["  - {name: order_id, type: string}   # A-1042"],
        ["  - {name: order_id, type: integer}   # A-1042"],
    ),
    "a member more between braces": (
        lambda d: d["parameters"][0].update(default="a, b"),
        ["  - {name: order_id, type: string}   # A-1042"],
        ['  - {name: order_id, type: string, default: "a, b"}   # A-1042'],
    ),
    "an item more between brackets": (
        lambda d: d["similes"].append("NEW"),
        ["similes: [TRACK_ORDER,   WHERE_IS]  # both used"],
        ["similes: [TRACK_ORDER,   WHERE_IS,   NEW]  # both used"],
    ),
    "an item less between brackets": (
        lambda d: d["similes"].pop(0),
        ["similes: [TRACK_ORDER,   WHERE_IS]  # both used"],
        ["similes: [WHERE_IS]  # both used"],
    ),
    "no item left": (
        lambda d: d["similes"].clear(),
        ["similes: [TRACK_ORDER,   WHERE_IS]  # both used"],
        ["similes: []  # both used"],
    ),
    "a key goes with its own comments": (
        lambda d: d.pop("x-note"),
        ["x-note: kept"],
        [],
    ),
    "a nested key goes with the comment above it": (
        lambda d: d["handler"].pop("url"),
        ["  # the old host is gone", "  url: 'https://shop.example/{{order_id}}'"],
        [],
    ),
    "the next key's comment stays": (
        lambda d: d.pop("similes"),
        ["similes: [TRACK_ORDER,   WHERE_IS]  # both used", ""],
        [],
    ),
    "a list item goes with its comment": (
        lambda d: d["parameters"].pop(0),
        ["  # the number on the receipt", "  - {name: order_id, type: string}   # A-1042"],
        [],
    ),
    "the last list item goes with its comments": (
        lambda d: d["parameters"].pop(1),
        COMMENTED.split("\n")[12:17],
        [],
    ),
    "a whole mapping goes with all that is in it": (
        lambda d: d.pop("handler"),
        COMMENTED.split("\n")[17:27],
        [],
    ),
    "a list item comes": (
        lambda d: d["parameters"].insert(1, {"name": "new", "enum": ["a", "b"]}),
        [],
        ["  - name: new", "    enum:", "      - a", "      - b"],
    ),
    "a key comes after the one it follows": (
        lambda d: d["handler"].update(timeoutS=5),
        [],
        ["  timeoutS: 5"],
    ),
    "a key comes at the end": (
        lambda d: d.update(version=4),
        [],
        ["version: 4"],
    ),
    "a block text changes below its header": (
        lambda d: d["handler"].update(body="other\n"),
        ["    first", "", "    last"],
        ["    other"],
    ),
    "a block text becomes one line": (
        lambda d: d["handler"].update(body="other"),
        ["  body: |  # as the shop likes it", "    first", "", "    last"],
        ["  body: other  # as the shop likes it"],
    ),
    "a line becomes a block text": (
        lambda d: d.update(name="a\nb"),
        ["name: GET_ORDER   # the tool"],
        ["name: |-   # the tool", "  a", "  b"],
    ),
    "a line becomes a mapping": (
        lambda d: d.update(name={"a": [1]}),
        ["name: GET_ORDER   # the tool"],
        ["name:   # the tool", "  a:", "    - 1"],
    ),
    "a mapping becomes a line": (
        lambda d: d["parameters"].__setitem__(1, "depth"),
        COMMENTED.split("\n")[13:17],
        ["  - depth"],
    ),
}


@pytest.mark.parametrize(("change", "gone", "new"), EDITS.values(), ids=EDITS.keys())
def test_an_edit_changes_only_the_lines_it_is_about(change, gone, new):
    assert lines_changed(COMMENTED, edited(COMMENTED, change)) == (gone, new)


def test_several_edits_at_once_keep_every_other_line():
    def change(definition):
        del definition["description"], definition["parameters"][0]
        definition["handler"]["type"] = "code"
        definition |= {"version": 2, "updatedAt": "2026-01-01T12:00:00.000Z"}

    after = edited(COMMENTED, change)
    gone = ["description", "  # the number", "  - {name: order_id", "  type: http"]
    kept = [line for line in COMMENTED.split("\n") if not line.startswith(tuple(gone))]
    assert [line for line in kept if line not in after.split("\n")] == []
    assert "version: 2\nupdatedAt: 2026-01-01T12:00:00.000Z\n" in after.replace('"', "")


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        ("a: 1", lambda d: d.update(b=2), "a: 1\nb: 2"),
        ("a:\n", lambda d: d.update(a=2), "a: 2\n"),
        ("a:   # why\n", lambda d: d.update(a=2), "a: 2   # why\n"),
        ("a: # why\n  1\nb: 2\n", lambda d: d.update(a=3), "a: 3 # why\nb: 2\n"),
        ("a: {}\n", lambda d: d.update(a={"b": 1}), "a:\n  b: 1\n"),
        ("a: []  # c\n", lambda d: d.update(a=[1]), "a:  # c\n  - 1\n"),
        ("a: {b}\n", lambda d: d.update(a={"b": 1}), "a: {b: 1}\n"),
        ("a: [1, 2,]\n", lambda d: d.update(a=[1]), "a: [1,]\n"),
        ("{a: 1,\n b: 2}\n", lambda d: d.update(c=3), "{a: 1,\n b: 2,\n c: 3}\n"),
        ('{"a": 1}\n', lambda d: d.update(a="x"), '{"a": x}\n'),
        (
            "a:\n    b:\n        c: 1\n",
            lambda d: d.update(d={"e": 1}),
            "a:\n    b:\n        c: 1\nd:\n    e: 1\n",
        ),
        ("a:\n- 1\n- 2\n", lambda d: d.update(b=[3]), "a:\n- 1\n- 2\nb:\n- 3\n"),
        ("a:\n- 1\n- 2\n", lambda d: d["a"].insert(0, 0), "a:\n- 0\n- 1\n- 2\n"),
        (
            "a:\n- b: 1\n  # c\n  c: 2\n- d\n",
            lambda d: d["a"][0].pop("b"),
            "a:\n- # c\n  c: 2\n- d\n",
        ),
        ("a:\n- - 1\n  - 2\n", lambda d: d["a"][0].pop(0), "a:\n- - 2\n"),
        ("a: 'x\n  y'\nb: 1\n", lambda d: d.update(a="z"), "a: 'z'\nb: 1\n"),
        ("a: |+\n  x\n\nb: 1\n", lambda d: d.update(b=2), "a: |+\n  x\n\nb: 2\n"),
        ("a: |+\n  x\n\nb: 1\n", lambda d: d.update(a="y\n"), "a: |\n  y\nb: 1\n"),
        ("a: 1\r\nb: 2\r\n", lambda d: d.update(c="x\ny"), None),
        ("\ufeffa: 1 # c\n", lambda d: d.update(a=2), "\ufeffa: 2 # c\n"),
        ("---\na: 1 # c\n...\n", lambda d: d.update(a=2), "---\na: 2 # c\n...\n"),
        ("😀: 1 # c\nb: 2\n", lambda d: d.update(b="é"), "😀: 1 # c\nb: é\n"),
        ("a: &x 1 # c\nb: *x\n", lambda d: d.update(a=2, b=2), "a: 2 # c\nb: 2\n"),
        ("a: &x 1 # c\nb: *x\n", lambda d: d.update(b=2), "a: &x 1 # c\nb: 2\n"),
        (
            "a: &x {k: 1} # c\nb: *x # d\n",
            lambda d: d["a"].update(k=2),
            "a: &x {k: 2} # c\nb: # d\n  k: 1\n",
        ),
    ],
)
def test_small_texts_in_unusual_dress(before, change, after):
    if after is None:
        after = "a: 1\r\nb: 2\r\nc: |-\r\n  x\r\n  y\r\n"
    assert edited(before, change) == after


def test_a_text_that_cannot_be_edited_piece_by_piece_is_written_anew():
    assert edited("? a\n? b\n", lambda d: d.update(a=1)) == "a: 1\nb: null\n"


def test_a_text_that_cannot_be_read_is_written_anew():
    assert compose({"a": 1}, b"a: [") == b"a: 1\n"


WORDS = st.sampled_from(
    ["no", "a", "b c", "two\nlines\n", "x: y", "012", "", "{{q}}", "a\n\nb", "# no", " lead", "😀"]
)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(-9, 99), WORDS)
KEYS = st.sampled_from([*"abcdefgh", "name", "x-y"])
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
OBJECTS = st.dictionaries(KEYS, VALUES, min_size=1, max_size=6)


@st.composite
def commented_texts(draw) -> tuple[str, JsonObject]:
    """A definition in some layout, with comments above and behind its lines."""
    definition = draw(OBJECTS)
    layout = Layout(draw(st.sampled_from([2, 3, 4])), draw(st.sampled_from([0, 2])))
    lines = "\n".join(member_lines(definition, 0, layout)).split("\n")
    if draw(st.booleans()):
        lines = [f"{json.dumps(key)}: {flow_text(value)}" for key, value in definition.items()]
    dressed: list[str] = []
    literal_in: int | None = None
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip())
        if literal_in is not None and (indent > literal_in or not line):
            dressed.append(line)
            continue
        literal_in = indent if re.search(r"[:-] \|-?$", line) else None
        above, behind, gap = draw(st.tuples(st.booleans(), st.booleans(), st.booleans()))
        dressed += [""] * gap
        dressed += [f"{' ' * indent}# above {number}"] * above
        dressed.append(line + f"  # behind {number}" * behind)
    return "\n".join(dressed) + "\n", definition


@st.composite
def changes(draw, value):
    """The value with one thing in it changed, however deep."""
    if isinstance(value, dict) and value and draw(st.integers(0, 3)):
        key = draw(st.sampled_from(sorted(value)))
        value = dict(value)
        match draw(st.sampled_from(["remove", "add", "change"])):
            case "remove" if len(value) > 1:
                del value[key]
            case "add":
                value["n"] = draw(VALUES)
            case _:
                value[key] = draw(changes(value[key]))
        return value
    if isinstance(value, list) and value and draw(st.integers(0, 3)):
        index = draw(st.integers(0, len(value) - 1))
        value = list(value)
        match draw(st.sampled_from(["remove", "add", "change"])):
            case "remove":
                del value[index]
            case "add":
                value.insert(index, draw(VALUES))
            case _:
                value[index] = draw(changes(value[index]))
        return value
    return draw(VALUES)


@given(st.data())
def test_any_change_is_made_in_place_and_says_what_it_shall(data):
    text, definition = data.draw(commented_texts())
    assert canonical_json(read_object(text.encode())) == canonical_json(definition)
    wanted = copy.deepcopy(definition)
    key = data.draw(st.sampled_from(sorted(wanted)))
    wanted[key] = data.draw(changes(wanted[key]))

    after = edit_text(text, read_tree(text), wanted)

    assert canonical_json(read_object(after.encode())) == canonical_json(wanted)
    untouched = [name for name in definition if name != key]
    for name in untouched:
        line = next(line for line in text.split("\n") if re.match(rf'"?{name}"?:', line))
        assert line in after.split("\n")
