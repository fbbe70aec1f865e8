"""``/openapi.json`` and ``/docs``: a page of our own, no outside request."""

from importlib.resources import files
from typing import TYPE_CHECKING, Final, cast

from starlette.responses import Response

from deftly.errors import NotFound
from deftly.rest.ask import Asked, answer

if TYPE_CHECKING:
    from fastapi import FastAPI

    from deftly.values import JsonObject

HTML: Final = "text/html"
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = {"content-security-policy": _POLICY, "cache-control": "no-cache"}
_DOCS: Final = {"docs.js": "text/javascript", "pages.css": "text/css"}


async def openapi(ask: Asked) -> Response:
    """Return the description of this API in OpenAPI 3.1."""
    from deftly.rest.openapi import describe  # noqa: PLC0415 - routes.py imports this module

    app = cast("FastAPI", ask.request.app)
    if app.openapi_schema is None:
        app.openapi_schema = describe()
    return answer(cast("JsonObject", app.openapi_schema))


async def docs_page(ask: Asked) -> Response:
    """Return a page to read the description in."""
    del ask
    return _asset("docs.html", HTML)


async def docs_asset(ask: Asked, asset: str) -> Response:
    """Return a part of the page."""
    del ask
    return _listed(asset, _DOCS)


def _listed(asset: str, known: dict[str, str]) -> Response:
    if asset not in known:
        raise NotFound("There is no such file.")
    return _asset(asset, known[asset])


def _asset(name: str, media_type: str) -> Response:
    content = files("deftly.rest").joinpath("assets", name).read_bytes()
    return Response(content, media_type=media_type, headers=_HEADERS)
