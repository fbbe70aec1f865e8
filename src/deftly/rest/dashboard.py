"""``/`` and ``/assets``: the built dashboard, and its page for every path it draws itself."""

import re
from functools import lru_cache
from importlib.resources import files
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from deftly.errors import NotFound
from deftly.rest.ask import Asked

HTML: Final = "text/html"
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; frame-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_TYPES: Final = {
    "css": "text/css",
    "html": HTML,
    "js": "text/javascript",
    "json": "application/json",
    "png": "image/png",
    "svg": "image/svg+xml",
    "woff2": "font/woff2",
}
_NOT_BUILT: Final = (
    "The dashboard is not built in this checkout; 'make install' builds it, "
    "and the API answers all the same.\n"
)
# A file name alone: no folder, no hidden file, no compressed twin.
_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*\.(?P<kind>[a-z0-9]+)")
_OF_PROGRAMS: Final = ("/api/", "/assets/", "/docs/", "/embed/", "/health/")
_FOREVER: Final = {"cache-control": "public, max-age=31536000, immutable"}
_ANEW: Final = {"cache-control": "no-cache", "content-security-policy": _POLICY}


async def dashboard_page(ask: Asked) -> Response:
    """Return the dashboard's page; it draws what the path names, signing in included."""
    return page(ask.request)


async def dashboard_asset(ask: Asked, asset: str) -> Response:
    """Return a script, a style or a picture of the dashboard; its name changes with its content."""
    known = _NAME.fullmatch(asset)
    kind = _TYPES.get(known["kind"]) if known else None
    content = _content(f"assets/{asset}") if kind else None
    if kind is None or content is None:
        raise NotFound("There is no such file; reload the page if Deftly was just updated.")
    return _answer(ask.request, content, kind, _FOREVER)


def is_built() -> bool:
    """Tell whether there is a dashboard to serve."""
    return _read("index.html") is not None


def is_navigation(request: Request) -> bool:
    """Tell whether a browser asks for a page, and at a path that is no program's."""
    wanted = request.headers.get("accept", "")
    path = f"{request.url.path}/"
    return request.method == "GET" and HTML in wanted and not path.startswith(_OF_PROGRAMS)


def page(request: Request) -> Response:
    """Return the dashboard's page, or how to build it."""
    # As it lies on the disk now: the names of assets in it change with a build.
    content = _read("index.html")
    if content is None:
        return PlainTextResponse(_NOT_BUILT, 503, headers={"cache-control": "no-store"})
    return _answer(request, content, HTML, _ANEW)


def _answer(
    request: Request, content: tuple[bytes, bytes], media_type: str, headers: dict[str, str]
) -> Response:
    plain, zipped = content
    said = {**headers, "vary": "accept-encoding"}
    if zipped and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(zipped, media_type=media_type, headers={**said, "content-encoding": "gzip"})
    return Response(plain, media_type=media_type, headers=said)


@lru_cache(maxsize=128)
def _kept(name: str) -> tuple[bytes, bytes]:
    found = _read(name)
    if found is None:
        raise FileNotFoundError(name)  # an absence is not kept: a build may be under way
    return found


def _content(name: str) -> tuple[bytes, bytes] | None:
    try:
        return _kept(name)
    except FileNotFoundError:
        return None


def _read(name: str) -> tuple[bytes, bytes] | None:
    """Return a built file, and the same compressed where that was done when it was built."""
    folder = files("deftly.rest").joinpath("assets", "dashboard")
    try:
        plain = folder.joinpath(name).read_bytes()
    except OSError:
        return None
    try:
        return plain, folder.joinpath(f"{name}.gz").read_bytes()
    except OSError:
        return plain, b""
