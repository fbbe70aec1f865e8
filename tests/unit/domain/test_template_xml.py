"""XML and HTML bodies: a value stays what it is, wherever in the markup it stands."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deftly.domain.template import RenderScope, compile_body
from deftly.errors import InvalidArguments

# What XML can hold and its readers do not change: they read any line break as \n.
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"])) | st.text(
    st.sampled_from("]>[<&\"'-?!/ =ax")
)


def render(body, value, content_type="application/xml"):
    return compile_body(body, content_type, path="handler.body").render(RenderScope({"a": value}))


@pytest.mark.parametrize(
    "body",
    [
        "<r>{{a}}</r>",
        "<r><![CDATA[{{a}}]]></r>",
        "<?xml version='1.0'?><!-- {{b}} <r> --><r><![CDATA[{{a}}]]></r>",
        "<r x='--> {{b}} &#39;'>{{a}}</r>",
    ],
)
@given(value=TEXTS)
def test_a_value_arrives_as_the_text_it_is(body, value):
    assert (ET.fromstring(render(body, value)).text or "") == value  # noqa: S314


@given(value=TEXTS.filter(bool))
def test_sections_around_a_value_are_not_ended_by_it(value):
    told = ET.fromstring(render("<r><![CDATA[]]{{a}}{{a}}>]]></r>", value))  # noqa: S314

    assert told.text == f"]]{value}{value}>"
    assert not list(told)


@given(value=TEXTS.filter(lambda text: "\u0085" not in text))
@pytest.mark.parametrize("quote", "\"'")
def test_a_value_stays_in_its_attribute(quote, value):
    told = ET.fromstring(render(f"<r x={quote}{{{{a}}}}{quote} y='>'/>", value))  # noqa: S314

    assert told.attrib == {"x": value, "y": ">"}


IN_TAGS = [
    "<r {{a}}/>",
    "<{{a}}/>",
    "<r x={{a}}>",
    "</{{a}}>",
    "<p class='x' {{a}}>",
    "<r>1 < 2<{{a}}/>",
]


@pytest.mark.parametrize("body", IN_TAGS)
@pytest.mark.parametrize("value", ["x onclick=alert(1)", 'x="1"', "a/", "x>", "é", "a\tb"])
def test_a_tag_without_quotes_takes_a_word_alone(body, value):
    assert b"big-2" in render(body, "big-2", "text/html")
    with pytest.raises(InvalidArguments, match="put quotes around it"):
        render(body, value, "text/html")


def test_a_lone_less_than_opens_no_tag():
    assert render("if 1 < 2 and {{a}}", "a & b", "text/html") == b"if 1 < 2 and a &amp; b"
