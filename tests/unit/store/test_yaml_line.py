import pytest

from deftly.store.yaml.line import line_of_field

TEXT = """\
# head
name: GET_ORDER
parameters:
  - {name: order_id, type: text}
  -
    # which
    name: shop

    type: wrong
handler:
  url: >-
    https://api.example.com/
    orders
  headers:
    X.Dotted: a
    X.Dotted.Twice: b
    odd key: c
    "": d
  "body": {"a": [1, {"b": 2}]}
shared: &all
  handler: {x: 1}
again: *all
"""


@pytest.mark.parametrize(
    ("field", "line"),
    [
        ("name", 2),
        ("parameters", 3),
        ("parameters[0]", 4),
        ("parameters[0].type", 4),
        ("parameters[1]", 7),
        ("parameters[1].type", 9),
        ("parameters[7].type", 3),
        ("handler.url", 11),
        ("handler.headers", 14),
        ("handler.headers.X.Dotted", 15),
        ("handler.headers.X.Dotted.Twice", 16),
        ("handler.headers['odd key']", 17),
        ("handler.headers.odd key", 17),
        ("handler.headers.", 18),
        ("handler.body.a[1].b", 19),
        ("handler.method", 10),
        ("again.handler.x", 22),
        ("description", None),
        ("nam", None),
        ("names", None),
        ("", None),
    ],
)
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "marked"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_a_field_is_found_or_else_what_it_is_missing_from(field, line, mark, end):
    data = (mark + TEXT.replace("\n", end)).encode()

    assert line_of_field(data, field) == line
