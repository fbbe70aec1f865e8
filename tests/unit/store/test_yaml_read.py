import pytest
import yaml

from deftly.store.yaml import read
from deftly.store.yaml.fault import YamlFault
from deftly.store.yaml.read import read_object

MEBIBYTE = 1024 * 1024


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def loader(request, monkeypatch):
    """Both parsers: libyaml, and the one in Python for an installation without it."""
    if not hasattr(yaml, request.param):
        pytest.skip("PyYAML was built without libyaml")
    monkeypatch.setattr(read, "_Loader", getattr(yaml, request.param))


def fault_of(data: bytes | str) -> YamlFault:
    with pytest.raises(YamlFault) as caught:
        read_object(data.encode() if isinstance(data, str) else data)
    return caught.value


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("true", True),
        ("FALSE", False),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("Off", "Off"),
        ("y", "y"),
        ("12", 12),
        ("+12", 12),
        ("-0", 0),
        ("012", 12),
        ("0o17", 15),
        ("0x1F", 31),
        ("0b1", "0b1"),
        ("1_000", "1_000"),
        ("1:30", "1:30"),
        ("12345678901234567890123", 12345678901234567890123),
        ("1.5", 1.5),
        (".5", 0.5),
        ("1.", 1.0),
        ("1e3", 1000.0),
        ("-1.5E-3", -0.0015),
        ("1.2.3", "1.2.3"),
        ("2026-01-01", "2026-01-01"),
        ("2026-01-01T12:00:00.000Z", "2026-01-01T12:00:00.000Z"),
        ("10.0.0.1", "10.0.0.1"),
        ("=", "="),
        ("'12'", "12"),
        ('"true"', "true"),
        ("!!str 12", "12"),
        ("! 12", "12"),
        ('"\\u00e9\\x01\\N\\L"', "é\x01\x85\u2028"),
        ("|\n  one\n\n  two", "one\n\ntwo"),
        (">-\n  one\n  two", "one two"),
        ("one\n  two", "one two"),
        ("[1, [], {b: c}]", [1, [], {"b": "c"}]),
        ("{x: 1, y: 2}", {"x": 1, "y": 2}),
        ("https://x.example/{{id}}", "https://x.example/{{id}}"),
        ("😀", "😀"),
    ],
)
def test_a_plain_value_means_what_the_core_schema_says(written, meant):
    value = read_object(f"a: {written}".encode())["a"]
    assert value == meant
    assert type(value) is type(meant)


@pytest.mark.usefixtures("loader")
def test_words_that_older_yaml_takes_for_truth_values_are_keys():
    assert read_object(b"on: 1\nno: 2\n'1': 3\n2026-01-01: 4") == {
        "on": 1,
        "no": 2,
        "1": 3,
        "2026-01-01": 4,
    }


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    "text", ["\ufeffa: 1", "---\na: 1\n...\n", "%YAML 1.2\n---\na: 1", "a: 1\r\n", "{'a': 1}"]
)
def test_marks_around_the_one_document_are_ignored(text):
    assert read_object(text.encode()) == {"a": 1}


@pytest.mark.usefixtures("loader")
def test_an_alias_repeats_its_value_without_sharing_it():
    definition = read_object(b"a: &x {k: [1]}\nb: *x\nc: &y z\nd: *y")
    assert definition == {"a": {"k": [1]}, "b": {"k": [1]}, "c": "z", "d": "z"}
    assert definition["a"] is not definition["b"]


# The text, the line, a part of the message, a part of the fix.
REFUSED = [
    ("", None, "holds no definition", "Write one"),
    ("# only a comment\n", None, "holds no definition", "Write one"),
    ("- a\n", 1, "not a mapping", "key: value"),
    ("\n\njust text\n", 3, "not a mapping", "key: value"),
    ("a: 1\n---\nb: 2\n", 2, "more than one document", "'---'"),
    ("a: 1\nb: [1, 2\n", 2, "bracket is not closed", "Close the bracket"),
    ("a: [\n", 1, "missing between brackets", "close the bracket"),
    ("a: [x,,y]\n", 1, "missing between brackets", "comma"),
    ("a: 1\nb: 'x\nc: 2\n", 2, "quoted text is not closed", "closing quote"),
    ('a: "x\n', 1, "quoted text is not closed", "closing quote"),
    ("a: b: c\n", 1, "no key can be", "': '"),
    ("a: 1\n b: 2\n", 2, "no key can be", "indentation"),
    ("a:\n  b: 1\n c: 2\n", 3, "does not fit", "Indent"),
    ("a: 1\nb: 'x' y\n", 2, "More text follows", "quotes around the whole value"),
    ("a: 1\nb: 'it's'\n", 2, "More text follows", "single quote twice"),
    ("a:\n\t- x\n", 2, "tab is used", "spaces"),
    ("a: 1\n\tb: 2\n", 2, "tab", "spaces"),
    ("a: @x\n", 1, "'@'", "quotes"),
    ("a: `x`\n", 1, "'`'", "quotes"),
    ("a: 1\nb: %x\n", 2, "'%'", "quotes"),
    ("a: 1\nurl: {{base}}/orders\n", 2, "'{{'", "quotes around the whole"),
    ("url: {{base}}\n", 1, "'{{'", "quotes around the whole"),
    ("a: {b: {{c}}}\n", 1, "'{{'", "quotes around the whole"),
    ("a: 1\nb:\n  c: 1\n  c: 2\n", 4, "'c' occurs twice", "Remove one"),
    ("a: {b: 1, b: 1}\n", 1, "'b' occurs twice", "Remove one"),
    ("a: 1\n'a': 1\n", 2, "'a' occurs twice", "Remove one"),
    ("a: 1\n1: 2\n", 2, "key 1 is not a string", "quotes around it"),
    ("true: 1\n", 1, "key true is not a string", "quotes around it"),
    ("~: 1\n", 1, "key ~ is not a string", "quotes around it"),
    ("? [a]\n: 1\n", 1, "key is not a string", "quotes"),
    ("? {a: 1}\n: 1\n", 1, "key is not a string", "quotes"),
    ("a: &x {b: 1}\nc:\n  <<: *x\n", 3, "merge", "Write the merged keys out"),
    ("a: *x\n", 1, "*x has no anchor", "quotes"),
    ("a: &x [*x]\n", 1, "*x has no anchor", "quotes"),
    ("a: .nan\n", 1, ".nan", "quotes"),
    ("a: -.Inf\n", 1, "-.Inf", "quotes"),
    ("a: 1e999\n", 1, "too large", "quotes"),
    (f"a: {'9' * 5000}\n", 1, "4300 digits", "quotes"),
    ("a: !thing x\n", 1, "!thing", "Remove it"),
    ("a: !!python/object:os.system x\n", 1, "python/object", "Remove it"),
    ("a: !!binary aGk=\n", 1, "binary", "Remove it"),
    ("a: !!timestamp 2026-01-01\n", 1, "timestamp", "Remove it"),
    ("a: !!set {b}\n", 1, "set", "Remove it"),
    ("a: !!int '1'\n", 1, "int", "Remove it"),
    ('a: "\\q"\n', 1, "backslash", "single quotes"),
    ("a: 1\nb: \x01\n", 2, "U+0001", "escape"),
    ("a: \x00\n", 1, "U+0000", "escape"),
    ("a: \x7f\n", 1, "U+007F", "escape"),
    (b"a: 1\nb: \xff\n", 2, "not UTF-8", "UTF-8"),
    (b"a: \xed\xa0\x80\n", 1, "not UTF-8", "UTF-8"),
    ("a: 1\n".encode("utf-16"), 1, "not UTF-8", "UTF-8"),
    (f"a: {'x' * MEBIBYTE}\n", None, "larger than 1 MiB", "smaller"),
    (f"a: {'[' * 64}{']' * 64}\n", 1, "64 levels", "Nest"),
    ("".join(f"{' ' * depth}a:\n" for depth in range(70)), 65, "64 levels", "Nest"),
]


@pytest.mark.parametrize(("text", "line", "message", "fix"), REFUSED)
def test_a_malformed_text_is_refused_with_its_line_and_a_fix(text, line, message, fix):
    fault = fault_of(text)
    assert (fault.line, message in fault.message, fix in fault.fix) == (line, True, True), fault
    assert fault.message.endswith(".")
    assert fault.fix.endswith(".")


@pytest.mark.parametrize(("text", "line", "message", "fix"), REFUSED)
def test_the_parser_in_python_refuses_the_same(monkeypatch, text, line, message, fix):
    monkeypatch.setattr(read, "_Loader", yaml.SafeLoader)
    assert fault_of(text).message


def test_half_of_a_surrogate_pair_is_refused():
    fault = fault_of('a: 1\nb: "\\ud83d\\ude00"\n')
    assert fault.line == 2
    assert "surrogate" in fault.message


def test_the_deepest_nesting_that_is_allowed_is_read():
    assert read_object(f"a: {'[' * 63}{']' * 63}".encode())


def laughs() -> str:
    lines = ["l0: &l0 [ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    lines += [
        f"l{level}: &l{level} [{', '.join([f'*l{level - 1}'] * 9)}]" for level in range(1, 10)
    ]
    return "\n".join(lines)


def deep_aliases() -> str:
    lines = ["l0: &l0 {a: 1}"]
    lines += [f"l{level}: &l{level} {{a: *l{level - 1}}}" for level in range(1, 80)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (laughs(), "expand"),
        ("a: &a " + "x" * 500_000 + "\nb: [" + "*a," * 100_000 + "1]", "expand"),
        (deep_aliases(), "64 levels"),
        ("a: " + "[" * (MEBIBYTE - 3), "64 levels"),
        ("a: " + "{a: " * (MEBIBYTE // 4 - 3), "64 levels"),
        ("a: " + "[\n " * (MEBIBYTE // 3 - 3), "64 levels"),
        ("a: " + '["",' * (MEBIBYTE // 4 - 3), "64 levels"),
        ("a:\n " + "- " * (MEBIBYTE // 2 - 3), "64 levels"),
        ("? " * (MEBIBYTE // 2), "not a string"),
        ("a: '" + "''" * (MEBIBYTE // 2 - 3), "not closed"),
    ],
    ids=["laughs", "long", "deep", "[", "{", "[nl", "[str", "-", "?", "quotes"],
)
@pytest.mark.timeout(20)
def test_a_mebibyte_made_to_hurt_is_refused_and_nothing_crashes(text, part):
    assert part in fault_of(text).message
