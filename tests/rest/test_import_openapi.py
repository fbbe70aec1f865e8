"""Operations of an OpenAPI document become actions that send what the document says."""

import json
from typing import Any

import pytest
import yaml

ORDER: dict[str, Any] = {
    "type": "object",
    "properties": {"sku": {"type": "string"}},
    "required": ["sku"],
}


def document(paths, **more):
    return {"openapi": "3.0.3", "servers": [{"url": "https://api.example.com/v1/"}], **more} | {
        "paths": paths
    }


def one(node=None, path="/orders/{id}", method="get", **more):
    given = {"responses": {"200": {"description": "ok"}}, **(node or {})}
    return document({path: {method: given}}, **more)


def query(name="q", **fields):
    return {"name": name, "in": "query", "schema": {"type": "string"}, **fields}


def body(schema, kind="application/json", **fields):
    return {"required": True, "content": {kind: {"schema": schema}}, **fields}


async def drafts_of(api, given, **more):
    answer = await api.post("/api/custom-actions/import", {"openapi": given, **more})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def draft_of(api, given, **more):
    told = await drafts_of(api, given, **more)
    assert told["refused"] == [], told["refused"]
    (draft,) = told["drafts"]
    return draft


async def sent(api, upstream, given, params):
    """Return the request of the only operation, imported and tested against the upstream."""
    draft = await draft_of(api, given, baseUrl=upstream.url("/v1"))
    tested = await api.post(
        "/api/custom-actions/test", {"action": draft["action"], "params": params}
    )
    assert tested.json()["ok"], tested.text
    return upstream.requests.pop()


PARAMETERS = [
    {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
    query("limit", schema={"type": "integer"}),
    query("filter[state]", required=True),
    query("page", required=True),
    {"name": "where", "in": "query", "content": {"application/json": {"schema": ORDER}}},
    {"name": "X-Trace", "in": "header", "schema": {"type": "string"}},
    {"name": "X-Must", "in": "header", "required": True, "schema": {"type": "string"}},
    {"name": "theme", "in": "cookie", "required": True, "schema": {"type": "string"}},
    {"name": "Accept", "in": "header", "schema": {"type": "string"}},
]


async def test_every_place_gets_its_value(api, upstream):
    seen = await sent(
        api,
        upstream,
        one({"parameters": PARAMETERS}),
        {
            "id": "A/1", "limit": 5, "filter_state": "a b", "page_value": "2",
            "where": {"sku": "é"}, "X-Trace": "t", "X-Must": "m", "theme": "d k",
        },
    )  # fmt: skip

    assert seen.path == (
        "/v1/orders/A%2F1?limit=5&filter[state]=a%20b&page=2&where=%7B%22sku%22%3A%22%C3%A9%22%7D"
    )
    assert seen.headers["x-trace"] == "t"
    assert seen.headers["x-must"] == "m"
    assert seen.headers["cookie"] == "theme=d%20k"


async def test_what_is_optional_and_not_given_is_not_sent(api, upstream):
    given = {"id": "1", "filter_state": "open", "page_value": "2", "X-Must": "m", "theme": "d"}
    seen = await sent(api, upstream, one({"parameters": PARAMETERS}), given)

    assert seen.path == "/v1/orders/1?filter[state]=open&page=2"
    assert "x-trace" not in seen.headers


async def test_an_optional_query_alone_leaves_no_question_mark(api, upstream):
    seen = await sent(api, upstream, one({"parameters": [query()]}, path="/orders"), {})

    assert seen.path == "/v1/orders"


async def test_members_that_are_all_required_are_parameters_of_their_own(api, upstream):
    both = {**ORDER, "properties": {"sku": {"type": "string"}, "user": {"type": "integer"}}}
    both["required"] = ["sku", "user"]
    given = one({"requestBody": body(both)}, method="put", path="/orders/{sku}")

    seen = await sent(api, upstream, given, {"sku": "path", "body_sku": "b", "user_value": 7})

    assert seen.path == "/v1/orders/path"
    assert json.loads(seen.body) == {"sku": "b", "user": 7}


async def test_a_body_with_optional_members_is_one_parameter(api, upstream):
    schema = {**ORDER, "properties": {**ORDER["properties"], "note": {"type": "string"}}}
    given = one({"requestBody": body(schema)}, method="post", path="/orders")

    seen = await sent(api, upstream, given, {"body": {"sku": "x"}})

    assert json.loads(seen.body) == {"sku": "x"}
    assert seen.headers["content-type"] == "application/json"


async def test_a_form_sends_the_fields_that_are_given(api, upstream):
    schema = {**ORDER, "properties": {"sku": {"type": "string"}, "n": {"type": "integer"}}}
    kind = "application/x-www-form-urlencoded"
    given = one({"requestBody": body(schema, kind)}, method="post", path="/orders")

    assert (await sent(api, upstream, given, {"sku": "a&b"})).body == b"sku=a%26b"
    assert (await sent(api, upstream, given, {"sku": "a", "n": 2})).body == b"sku=a&n=2"


@pytest.mark.parametrize(
    ("scheme", "place", "text"),
    [
        ({"type": "apiKey", "in": "header", "name": "X-Key"}, "X-Key", "{{secrets.S}}"),
        ({"type": "http", "scheme": "bearer"}, "Authorization", "Bearer {{secrets.S}}"),
        ({"type": "http", "scheme": "Basic"}, "Authorization", "Basic {{secrets.S}}"),
        ({"type": "oauth2", "flows": {}}, "Authorization", "Bearer {{secrets.S}}"),
        ({"type": "openIdConnect"}, "Authorization", "Bearer {{secrets.S}}"),
        ({"type": "apiKey", "in": "cookie", "name": "sid"}, "Cookie", "sid={{secrets.S}}"),
        ({"type": "apiKey", "in": "query", "name": "key"}, None, "?key={{secrets.S}}"),
        ({"type": "http", "scheme": "digest"}, None, ""),
        ({"type": "mutualTLS"}, None, ""),
        (None, None, ""),
    ],
)
async def test_security_becomes_a_secret(api, scheme, place, text):
    given = one(
        {"security": [{"theKey": []}]},
        path="/x",
        components={"securitySchemes": {"theKey": scheme}} if scheme else {},
    )
    draft = await draft_of(api, given)

    text = text.replace("S}}", "API_EXAMPLE_COM_THEKEY}}")
    handler = draft["action"]["handler"]
    assert handler.get("headers", {}).get(place) == (text if place else None)
    assert handler["url"] == "https://api.example.com/v1/x" + (text if not place else "")
    unusable = not text
    assert unusable == any("No credential is sent" in one["message"] for one in draft["warnings"])


async def test_an_operation_may_need_no_credential(api):
    scheme = {"securitySchemes": {"k": {"type": "http", "scheme": "bearer"}}}
    given = one({"security": []}, path="/x", components=scheme, security=[{"k": []}])

    assert "headers" not in (await draft_of(api, given))["action"]["handler"]


@pytest.mark.parametrize(
    ("servers", "url"),
    [
        ([{"url": "https://a.example.com"}], "https://a.example.com/x"),
        ([{"url": "http://a.example.com/b/"}], "http://a.example.com/b/x"),
        ([{"url": "http://a.com"}, {"url": "https://b.com"}], "https://b.com/x"),
        (
            [{"url": "https://{r}.a.com", "variables": {"r": {"default": "eu"}}}],
            "https://eu.a.com/x",
        ),
        ([{"url": "//a.example.com/b"}], "https://a.example.com/b/x"),
        ([{"url": "/v1"}], None),
        ([{"url": "https://{r}.a.com"}], None),
        ([{"url": "ftp://a.com"}], None),
        ([{}], None),
        ([], None),
        ("?", None),
    ],
)
async def test_the_address_is_the_first_that_is_whole(api, servers, url):
    given = {**one(path="/x"), "servers": servers}
    if url is None:
        (refused,) = (await drafts_of(api, given))["refused"]
        assert "Give the base URL" in refused["error"]
        given_one = await draft_of(api, given, baseUrl="https://mine.example.com/v2/")
        assert given_one["action"]["handler"]["url"] == "https://mine.example.com/v2/x"
    else:
        assert (await draft_of(api, given))["action"]["handler"]["url"] == url


async def test_reads_are_automatic_and_writes_ask(api):
    paths: dict[str, Any] = {
        "/x": {m: {"responses": {}} for m in ("get", "head", "post", "put", "delete")}
    }
    told = await drafts_of(api, document(paths))

    modes = {d["action"]["handler"]["method"]: d["action"]["executionMode"] for d in told["drafts"]}
    assert modes == {"GET": "auto", "HEAD": "auto"} | dict.fromkeys(
        ("POST", "PUT", "DELETE"), "confirm"
    )


async def test_names_are_made_valid_and_different(api):
    long = "list" + "VeryLongWordIndeed" * 8
    paths: dict[str, Any] = {
        "/a": {"get": {"operationId": "getThing"}, "post": {"operationId": "get-thing"}},
        "/b": {"get": {"operationId": long}, "put": {"operationId": long + "2"}},
        "/c/{id}": {"get": {}, "put": {"operationId": "日本"}},
    }
    told = await drafts_of(api, document(paths))

    names = [draft["action"]["name"] for draft in told["drafts"]]
    assert names[:2] == ["GET_THING", "GET_THING_2"]
    assert names[4] == "GET_C_ID"
    assert len(set(names)) == 6
    assert all(len(name) <= 60 for name in names)


async def test_selected_operations_alone_are_imported(api):
    paths = {"/a": {"get": {"operationId": "one"}, "put": {"operationId": "two"}, "delete": {}}}
    told = await drafts_of(api, document(paths), select=["two", "DELETE /a", "twoo"])

    assert [draft["source"] for draft in told["drafts"]] == ["two", "DELETE /a"]
    (refused,) = told["refused"]
    assert "Did you mean two?" in refused["error"]


@pytest.mark.parametrize("dump", [json.dumps, yaml.safe_dump, lambda given: given])
async def test_a_document_is_json_yaml_or_an_object(api, dump):
    given = one(path="/x")

    assert (await draft_of(api, dump(given)))["source"] == "GET /x"


async def test_yaml_as_people_write_it_is_read(api):
    text = """
openapi: 3.1.0
servers: [{url: https://a.example.com}]
x-common: &common {description: shared, schema: {type: string, enum: [on, off, 2020-01-01]}}
paths:
  /x:
    get:
      parameters:
        - {name: state, in: query, <<: *common}
      responses:
        200: {description: ok}
"""
    draft = await draft_of(api, text)

    member = draft["action"]["inputSchema"]["properties"]["state"]
    assert member == {
        "description": "shared",
        "type": "string",
        "enum": ["on", "off", "2020-01-01"],
    }
