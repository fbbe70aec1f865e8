"""With ``omitMissing`` what was not given is not sent; without it, it is sent empty."""

import pytest

OPTIONAL = [{"name": name} for name in ("a", "b", "h")]
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


async def seen(api, upstream, params, *, omits, **fields):
    action = await api.create(parameters=OPTIONAL, url=upstream.url(fields.pop("path")), **fields)
    handler = {**action["handler"], "omitMissing": omits}
    await api.put(f"/api/custom-actions/{action['id']}", {"handler": handler})
    tested = await api.post(f"/api/custom-actions/{action['id']}/test", {"params": params})
    assert tested.json()["ok"], tested.text
    return upstream.requests.pop()


@pytest.mark.parametrize(
    ("path", "params", "omitted", "empty"),
    [
        ("/x?a={{a}}&b={{b}}", {}, "/x", "/x?a=&b="),
        ("/x?a={{a}}&b={{b}}", {"b": "1"}, "/x?b=1", "/x?a=&b=1"),
        ("/x?a={{a}}&b={{b}}", {"a": ""}, "/x?a=", "/x?a=&b="),
        ("/x?s=1&a={{a}}#f", {}, "/x?s=1", "/x?s=1&a="),
        ("/x?a=n-{{a}}", {}, "/x?a=n-", "/x?a=n-"),
        ("/x/{{a}}?b={{b}}", {}, "/x/", "/x/?b="),
        ("/x?{{a}}", {"a": "q"}, "/x?q", "/x?q"),
    ],
)
async def test_a_query_value_goes_with_its_name(api, upstream, path, params, omitted, empty):
    assert (await seen(api, upstream, params, omits=True, path=path, name="one")).path == omitted
    assert (await seen(api, upstream, params, omits=False, path=path, name="two")).path == empty


@pytest.mark.parametrize(("omits", "body"), [(True, b"s=1"), (False, b"a=&s=1&b=")])
@pytest.mark.parametrize("form", ["a={{a}}&s=1&b={{b}}", {"a": "{{a}}", "s": 1, "b": "{{b}}"}])
async def test_a_form_field_goes_with_its_name(api, upstream, omits, body, form):
    fields = {"path": "/x", "method": "POST", "headers": FORM, "body": form}

    assert (await seen(api, upstream, {}, omits=omits, **fields)).body == body


@pytest.mark.parametrize("omits", [True, False])
async def test_a_header_is_not_sent(api, upstream, omits):
    headers = {"X-H": "{{h}}", "X-S": "s{{h}}"}

    request = await seen(api, upstream, {}, omits=omits, path="/x", headers=headers)

    assert request.headers.get("x-h") == (None if omits else "")
    assert request.headers["x-s"] == "s"
