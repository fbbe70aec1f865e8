"""Which addresses a card may lead to, and which pictures it may show."""

import base64

import pytest

from deftly.domain.widget.links import link, picture
from tests.unit.domain.widget.literals import check_card

GOOD = [
    "https://shop.example.com/a?b=c&d=%20#e",
    "http://shop.example.com",
    "https://[2001:db8::1]:8443/a",
    "https://shop.example.com:8443/ü/(x)",
    "https://münchen.example/",
    "https://shop.example.com/a@b",
]
BAD = [
    "",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "\x01javascript:alert(1)",
    "javascript&colon;alert(1)",
    "&#106;avascript:alert(1)",
    "javascript://shop.example.com/%0aalert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD4=",
    "blob:https://shop.example.com/1",
    "file:///etc/passwd",
    "ftp://shop.example.com/a",
    "mailto:a@b.example",
    "//shop.example.com/a",
    "/a",
    "a",
    "#a",
    "?a",
    "https:shop.example.com",
    "https:/shop.example.com",
    "https:///a",
    "https://",
    "https://\\shop.example.com",
    "https://shop.example.com\\@evil.example",
    "https://shop.example.com@evil.example/",
    "https://a:b@evil.example/",
    "https://shop.example.com:port/",
    "https://shop.example.com:99999/",
    "https://[::1/",
    "https://shop.example.com/a b",
    "https://shop.example.com/\u202egnp.exe",
    "https://shop.example.com/\u200b",
    "https://shop\u2028.example.com/",
    "https://shop.example.com/${path}",
    "https://shop.example.com/<script>",
    'https://shop.example.com/"onclick="a',
    "https://%65vil.example/",
    "ht\ttps://shop.example.com",
    "https://shop.example.com/\ud800",
    "https://shop.example.com/" + "a" * 5000,
]


def data_of(kind, raw):
    return f"data:image/{kind};base64,{base64.b64encode(raw).decode()}"


PNG = data_of("png", b"\x89PNG\r\n\x1a\n" + bytes(100))
PICTURES = [PNG, data_of("jpeg", b"\xff\xd8\xff" + bytes(9)), data_of("gif", b"GIF89a" + bytes(9))]
NO_PICTURES = [
    data_of("svg+xml", b"<svg onload=alert(1)>"),
    data_of("png", b"<svg onload=alert(1)>"),
    data_of("png", b"\x89PNG" + bytes(65 * 1024)),
    "data:image/png,<svg>",
    "data:image/png;base64,%%%",
    "data:image/png;base64,iVBO\n",
    "data:image/png;charset=x;base64,iVBORw0KGgo=",
    "data:image/png;base64,abc",
    "DATA:text/html;base64,iVBORw0KGgo=",
]


@pytest.mark.parametrize("text", GOOD)
def test_whole_links_of_the_web_are_kept(text):
    assert link(text) == text
    assert picture(text) == text


def test_a_scheme_is_written_small_and_blanks_around_go():
    assert link(" HTTPS://Shop.example.com/A ") == "https://Shop.example.com/A"


@pytest.mark.parametrize("text", BAD, ids=repr)
def test_everything_else_is_no_link(text):
    assert link(text) is None
    assert picture(text) is None


@pytest.mark.parametrize("text", PICTURES, ids=lambda one: one[:20])
def test_small_pictures_may_be_written_out_but_are_no_links(text):
    assert picture(text) == text
    assert link(text) is None


@pytest.mark.parametrize("text", NO_PICTURES, ids=lambda one: one[:30])
def test_other_data_is_no_picture(text):
    assert picture(text) is None


TAP = {"type": "Action.OpenUrl", "url": "javascript:alert(1)"}
BUTTON = {"type": "Action.OpenUrl", "title": "x", "url": "https://a.example", "iconUrl": TAP["url"]}
CELL = {"items": [{"type": "Image", "url": TAP["url"]}], "selectAction": TAP}
EVERYWHERE = [
    {"selectAction": TAP, "backgroundImage": TAP["url"]},
    {"backgroundImage": {"url": TAP["url"]}, "actions": [TAP, BUTTON]},
    {
        "body": [
            {"type": "Image", "url": TAP["url"]},
            {"type": "Image", "url": PNG, "selectAction": TAP},
        ]
    },
    {"body": [{"type": "ImageSet", "images": [{"url": TAP["url"]}]}]},
    {
        "body": [
            {"type": "Container", "items": [], "selectAction": TAP, "backgroundImage": TAP["url"]}
        ]
    },
    {"body": [{"type": "ColumnSet", "selectAction": TAP, "columns": [CELL]}]},
    {"body": [{"type": "Table", "rows": [{"cells": [CELL]}]}]},
    {"body": [{"type": "ActionSet", "actions": [TAP]}]},
    {"body": [{"type": "RichTextBlock", "inlines": [{"text": "x", "selectAction": TAP}]}]},
    {"body": [{"type": "Input.Text", "id": "a", "inlineAction": {**TAP, "iconUrl": TAP["url"]}}]},
    {"body": [{"type": "Media", "sources": [{"mimeType": "video/mp4", "url": TAP["url"]}]}]},
    {"body": [{"type": "X", "fallback": {"type": "Image", "url": TAP["url"]}}]},
    {"body": [{"type": "Image", "url": "x", "fallback": {"type": "ActionSet", "actions": [TAP]}}]},
    {
        "actions": [
            {"type": "Action.ShowCard", "title": "x", "card": {"body": [CELL], "actions": [TAP]}}
        ]
    },
    {"actions": [{"type": "Action.X", "fallback": TAP}]},
    {"body": [{"type": "Container", "items": [], "fallback": TAP, "requires": {"a": TAP["url"]}}]},
    {"refresh": {"action": TAP}, "authentication": {"buttons": [{"value": TAP["url"]}]}},
    {"metadata": {"webUrl": TAP["url"]}, "x": TAP, "$schema": TAP["url"], "version": TAP["url"]},
    {"body": [{"type": "TextBlock", "text": "x", "url": TAP["url"], "onclick": TAP["url"]}]},
]


@pytest.mark.parametrize("card", EVERYWHERE, ids=lambda one: str(one)[:60])
def test_no_place_of_a_card_lets_a_script_through(card):
    assert "javascript" not in str(check_card({"type": "AdaptiveCard", **card}))
