"""Credentials typed into headers are taken out; other headers are left alone."""

from typing import TYPE_CHECKING

import pytest

from deftly.domain.credential import without_credentials

if TYPE_CHECKING:
    from deftly.values import JsonObject

TAKEN = [
    ("Authorization", "Bearer abc.def", "Bearer {{secrets.SHOP_AUTHORIZATION}}", "abc.def"),
    ("authorization", "Basic dXNlcjpwYXNz", "Basic {{secrets.SHOP_AUTHORIZATION}}", "dXNlcjpwYXNz"),
    ("X-Api-Key", "k-123456", "{{secrets.SHOP_X_API_KEY}}", "k-123456"),
    ("apikey", "k-123456", "{{secrets.SHOP_APIKEY}}", "k-123456"),
    ("X-Auth", "t0ken", "{{secrets.SHOP_X_AUTH}}", "t0ken"),
    ("X-Shopify-Access-Token", "shpat", "{{secrets.SHOP_X_SHOPIFY_ACCESS_TOKEN}}", "shpat"),
    ("Cookie", "session=abc", "{{secrets.SHOP_COOKIE}}", "session=abc"),
]
LEFT = [
    ("Accept", "application/json"),
    ("X-Author", "Ada"),
    ("Authorization", "Bearer {{secrets.KEY}}"),
    ("Authorization", "Bearer {{token}}"),
    ("Authorization", ""),
]


@pytest.mark.parametrize(("header", "text", "kept", "value"), TAKEN)
def test_a_literal_credential_becomes_a_secret(
    header: str, text: str, kept: str, value: str
) -> None:
    authored: JsonObject = {"name": "shop", "handler": {"type": "http", "headers": {header: text}}}

    written, taken = without_credentials(authored)

    assert written["handler"] == {"type": "http", "headers": {header: kept}}
    assert list(taken.values()) == [value]


@pytest.mark.parametrize(("header", "text"), LEFT)
def test_other_headers_stay_as_they_are(header: str, text: str) -> None:
    authored: JsonObject = {"name": "shop", "handler": {"type": "http", "headers": {header: text}}}

    assert without_credentials(authored) == (authored, {})
