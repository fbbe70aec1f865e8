"""Documents with mistakes: each operation is made, or refused with a reason; nothing breaks."""

import json

import pytest

from tests.rest.test_import_openapi import body, document, draft_of, drafts_of, one, query

REFUSED_DOCUMENTS = [
    ({"swagger": "2.0", "paths": {}}, "npx swagger2openapi"),
    ({"openapi": "4.0.0", "paths": {}}, "openapi: 3.0.3"),
    ({"openapi": 3, "paths": {}}, "openapi: 3.0.3"),
    ({"paths": {}}, "openapi: 3.0.3"),
    ({"openapi": "3.1.0"}, "no paths"),
    ({"openapi": "3.1.0", "paths": []}, "no paths"),
    ({"openapi": "3.1.0", "paths": {}}, "no operations"),
    ("{", "no JSON"),
    ("a: [", "no YAML"),
    ("a: &x [*x]\nopenapi: 3.0.0\n? [k]\n: 1", "no text"),
    ("[" * 100_000, "nested too deeply"),
    ("- " * 100_000, "nested too deeply"),
    ("just words", "OpenAPI document"),
    (5, "OpenAPI document"),
    ([], "OpenAPI document"),
]


@pytest.mark.parametrize(("given", "told"), REFUSED_DOCUMENTS, ids=range(len(REFUSED_DOCUMENTS)))
async def test_what_is_no_document_of_version_3_is_refused(api, given, told):
    answer = await api.post("/api/custom-actions/import", {"openapi": given})

    assert answer.status_code == 400, answer.text
    assert told in answer.json()["error"]


REQUESTS = [
    b"",
    b"[]",
    b"{",
    b"\xff",
    b'{"openapi": NaN}',
    b"{}",
    b'{"openapi": {}, "curl": "x"}',
    b'{"curl": 5}',
    b'{"actions": {}}',
    b'{"actions": [], "unknown": 1}',
    b'{"curl": "curl x.com", "save": "yes"}',
    b'{"curl": "curl x.com", "select": "a"}',
    b'{"curl": "curl x.com", "select": []}',
    b'{"curl": "curl x.com", "baseUrl": 5}',
    b'{"actions": ' + b'[{"a":' * 60 + b"1" + b"}]" * 60 + b"}",
]


@pytest.mark.parametrize("raw", REQUESTS, ids=range(len(REQUESTS)))
async def test_a_request_of_another_form_is_refused(api, raw):
    answer = await api.post("/api/custom-actions/import", raw)

    assert answer.status_code == 400, answer.text
    assert answer.json()["error"].endswith(".")


async def test_only_this_route_takes_large_bodies(api):
    large = json.dumps({"openapi": json.dumps(one(path="/x")) + " " * 2_000_000}).encode()

    assert (await api.post("/api/custom-actions/import", large)).status_code == 200
    assert (await api.post("/api/custom-actions", large)).status_code == 413
    over = await api.post("/api/custom-actions/import", b" " * (16 * 1024 * 1024 + 1))
    assert over.status_code == 413
    assert "16 MiB" in over.json()["error"]


REFUSED_OPERATIONS = {
    "remote reference": (
        {"parameters": [{"$ref": "other.yaml#/x"}]},
        "other.yaml#/x is in another document",
    ),
    "dangling": ({"parameters": [{"$ref": "#/components/x"}]}, "leads to nothing"),
    "circle": ({"parameters": [{"$ref": "#/components/loop"}]}, "in a circle"),
    "remote schema": (
        {"parameters": [query(required=True, schema={"$ref": "https://x.example/s.json"})]},
        "https://x.example/s.json is in another document",
    ),
    "required list of lists": (
        {"parameters": [query(required=True, schema={"type": "array", "items": {"items": {}}})]},
        "The parameter q:",
    ),
    "required odd place": ({"parameters": [query(required=True) | {"in": "formData"}]}, "formData"),
    "forbidden header": (
        {"parameters": [{"name": "Host", "in": "header", "required": True}]},
        "The parameter Host",
    ),
}


@pytest.mark.parametrize(("node", "told"), REFUSED_OPERATIONS.values(), ids=REFUSED_OPERATIONS)
async def test_an_operation_that_no_action_can_carry_out_has_a_reason(api, node, told):
    given = one(node, path="/x", components={"loop": {"$ref": "#/components/loop"}})
    given["paths"]["/y"] = {"get": {}}

    answer = await drafts_of(api, given)

    (refused,) = answer["refused"]
    assert refused["source"] == "GET /x"
    assert told in refused["error"]
    assert [draft["source"] for draft in answer["drafts"]] == ["GET /y"]


async def test_a_body_that_cannot_be_sent_is_refused_if_it_is_needed(api):
    upload = body({"type": "object"}, "multipart/form-data")
    told = await drafts_of(api, one({"requestBody": upload}, method="post", path="/x"))
    assert "multipart/form-data" in told["refused"][0]["error"]

    upload["required"] = False
    draft = await draft_of(api, one({"requestBody": upload}, method="post", path="/x"))
    assert any("left out" in one["message"] for one in draft["warnings"])


ODD_SCHEMAS: list[object] = [
    None,
    5,
    "string",
    True,
    [],
    {"type": "file"},
    {"type": ["string", "null", 5]},
    {"type": "string", "required": True},
    {"type": "string", "enum": "a"},
    {"type": "string", "enum": [{"deep": [[[]]]}]},
    {"type": "string", "pattern": "("},
    {"type": "string", "pattern": "(?<!a)(b+)+$"},
    {"type": "string", "minLength": "3", "maxLength": -1},
    {"type": "integer", "minimum": "0", "multipleOf": 0, "exclusiveMinimum": True},
    {"type": "string", "format": 5, "nullable": True, "example": "x", "x-y": 1},
    {"allOf": [], "anyOf": {}, "oneOf": [None]},
    {"properties": [], "items": [{}], "additionalProperties": 5},
    {"$ref": 5},
    {"description": 5, "default": {"a": 1}},
    {"description": "\ud800"},
]


@pytest.mark.parametrize("schema", ODD_SCHEMAS, ids=range(len(ODD_SCHEMAS)))
@pytest.mark.parametrize("where", ["query", "body"])
async def test_odd_schemas_lose_what_makes_no_sense(api, schema, where):
    node = {"parameters": [query(schema=schema)]}
    if where == "body":
        node = {"requestBody": body({"properties": {"a": schema}})}
    told = await drafts_of(api, one(node, method="post", path="/x"))

    assert len(told["drafts"]) + len(told["refused"]) == 1
    assert told["drafts"] or all(one["error"].endswith(".") for one in told["refused"])


@pytest.mark.parametrize("junk", [None, 5, "x", [], {}, [None], {"get": None}, {"get": []}])
async def test_junk_beside_an_operation_does_not_keep_it_from_being_made(api, junk):
    given = one({"tags": junk, "responses": junk, "callbacks": junk}, path="/x")
    given["paths"]["/junk"] = junk
    given["paths"]["no-slash"] = junk
    given["info"] = given["tags"] = junk

    told = await drafts_of(api, given)

    assert [draft["source"] for draft in told["drafts"]] == ["GET /x"]


RECURSIVE = {
    "Node": {
        "type": "object",
        "properties": {
            "name": {"type": "string"},
            "children": {"type": "array", "items": {"$ref": "#/components/schemas/Node"}},
        },
    },
    "Self": {"$ref": "#/components/schemas/Self2"},
    "Self2": {"allOf": [{"$ref": "#/components/schemas/Self2"}]},
}


async def test_a_schema_that_holds_itself_stays_one(api):
    schema = {"$ref": "#/components/schemas/Node"}
    given = one({"requestBody": body(schema)}, method="post", path="/x")
    given["components"] = {"schemas": RECURSIVE}

    action = (await draft_of(api, given))["action"]

    assert action["inputSchema"]["$defs"]["Node"]["properties"]["children"]["items"] == {
        "$ref": "#/$defs/Node"
    }
    tested = await api.post("/api/custom-actions", action)
    assert tested.status_code == 200, tested.text


async def test_a_schema_that_never_ends_is_left_open(api):
    schema = {"properties": {"a": {"$ref": "#/components/schemas/Self2"}}}
    given = one({"requestBody": body(schema)}, method="post", path="/x")
    given["components"] = {"schemas": RECURSIVE}

    draft = await draft_of(api, given)

    assert any("undescribed" in one["message"] for one in draft["warnings"])


async def test_references_that_multiply_cost_little(api):
    schemas = {
        f"S{n}": {
            "type": "object",
            "properties": {f"p{k}": {"$ref": f"#/components/schemas/S{n + 1}"} for k in range(9)},
        }
        for n in range(30)
    } | {"S30": {"type": "string"}}
    given = document(
        {f"/x{n}": {"post": {"requestBody": body({"$ref": "#/components/schemas/S0"})}}
         for n in range(5)},
        components={"schemas": schemas},
    )  # fmt: skip

    told = await drafts_of(api, given)

    assert len(told["drafts"]) == 5
    assert all(len(json.dumps(draft["action"])) < 40_000 for draft in told["drafts"])


async def test_yaml_that_multiplies_by_aliases_costs_little(api):
    lines = ["a0: &a0 {type: object, properties: {x: {type: string}}}"]
    lines += [
        f"a{n}: &a{n} {{type: object, properties: {{x: *a{n - 1}, y: *a{n - 1}}}}}"
        for n in range(1, 60)
    ]
    text = "openapi: 3.0.0\nservers: [{url: 'https://a.example.com'}]\nx-a:\n  " + "\n  ".join(
        lines
    )
    text += "\npaths: {/x: {post: {requestBody: {content: {application/json: {schema: *a59}}}}}}\n"

    told = await drafts_of(api, text)

    assert len(told["drafts"]) == 1
    assert len(json.dumps(told)) < 40_000
