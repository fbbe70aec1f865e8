"""What is answered is documented, and what is documented is answered."""

import re
from pathlib import Path

import pytest

from deftly.rest.errors import STATUSES
from deftly.rest.routes import ROUTES

DOCUMENT = Path(__file__).parents[2] / "docs/api.md"
ROW = re.compile(r"^\| (GET|POST|PUT|DELETE) \| `([^`]+)` \| ([^|]+?) \|", re.MULTILINE)


def test_every_route_is_in_the_reference_with_its_scope():
    rows = {(method, path): scope for method, path, scope in ROW.findall(DOCUMENT.read_text())}

    assert rows.keys() == {(route.method, route.path) for route in ROUTES}
    told = {key: scope.split(",")[0] for key, scope in rows.items()}
    assert told == {(route.method, route.path): route.scope.value for route in ROUTES}
    visited = {key for key, scope in rows.items() if "a visitor" in scope}
    assert visited == {(route.method, route.path) for route in ROUTES if route.visitors}


async def test_every_documented_route_is_in_the_openapi_document(api):
    document = (await api.get("/openapi.json")).json()

    described = {
        (method.upper(), path) for path, methods in document["paths"].items() for method in methods
    }
    assert document["openapi"].startswith("3.1")
    assert described == {(route.method, route.path) for route in ROUTES if route.documented}


async def test_every_operation_names_itself_and_its_refusals(api):
    document = (await api.get("/openapi.json")).json()
    operations = [one for methods in document["paths"].values() for one in methods.values()]

    ids = [one["operationId"] for one in operations]
    assert len(set(ids)) == len(ids)
    for one in operations:
        assert one["summary"]
        assert {"200", "403", "421"} <= one["responses"].keys()


async def test_every_reference_in_the_document_leads_somewhere(api):
    text = (await api.get("/openapi.json")).text
    schemas = (await api.get("/openapi.json")).json()["components"]["schemas"]

    named = set(re.findall(r'"#/components/schemas/([^"]+)"', text))
    assert named <= schemas.keys()


def test_every_status_of_the_error_table_is_known_to_the_document():
    from deftly.rest.openapi import _MEANINGS

    told = {status for route in ROUTES for status in route.statuses}
    assert told <= _MEANINGS.keys()
    assert {status for status in STATUSES.values() if status < 500} <= _MEANINGS.keys()


METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE"}


@pytest.mark.parametrize("path", sorted({route.path for route in ROUTES}))
async def test_every_other_method_is_refused_with_those_that_are_possible(api, path):
    concrete = re.sub(r"\{\w+\}", "x", path)
    possible = {route.method for route in ROUTES if route.path == path}
    answers = [await api.request(method, concrete) for method in METHODS - possible]

    refused = [answer for answer in answers if answer.status_code == 405]
    for answer in refused:
        assert set(answer.headers["allow"].split(", ")) >= possible
    # A path may also be one of a wider row: "export" is an id to PUT.
    assert {answer.status_code for answer in answers} <= {404, 405}
    assert {answer.request.method for answer in refused} >= {"HEAD", "PATCH", "OPTIONS", "TRACE"}


@pytest.mark.parametrize("path", ["/nothing", "/api", "/api/tools/", "/api/custom-actions/"])
async def test_there_is_nothing_elsewhere(api, path):
    answer = await api.get(path)

    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"
