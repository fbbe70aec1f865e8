"""``/`` and ``/assets``: the built dashboard, and its page for every path it draws itself."""

from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from deftly.rest import packaged
from deftly.rest.ask import Asked
from deftly.rest.packaged import HTML

_FOLDER: Final = "dashboard"
# Cards hold pictures of the owner's shop: the playground and the previews show them.
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https: http:; "
    "font-src 'self'; connect-src 'self'; frame-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_NOT_BUILT: Final = (
    "The dashboard is not built in this checkout; 'make install' builds it, "
    "and the API answers all the same.\n"
)
_OF_PROGRAMS: Final = ("/api/", "/assets/", "/docs/", "/embed/", "/health/")
_ANEW: Final = {"cache-control": "no-cache", "content-security-policy": _POLICY}


async def dashboard_page(ask: Asked) -> Response:
    """Return the dashboard's page; it draws what the path names, signing in included."""
    return page(ask.request)


async def dashboard_asset(ask: Asked, asset: str) -> Response:
    """Return a script, a style or a picture of the dashboard; its name changes with its content."""
    return packaged.asset(ask.request, _FOLDER, asset)


def is_built() -> bool:
    """Tell whether there is a dashboard to serve."""
    return packaged.read_built(_FOLDER, "index.html") is not None


def is_navigation(request: Request) -> bool:
    """Tell whether a browser asks for a page, and at a path that is no program's."""
    wanted = request.headers.get("accept", "")
    path = f"{request.url.path}/"
    return request.method == "GET" and HTML in wanted and not path.startswith(_OF_PROGRAMS)


def page(request: Request) -> Response:
    """Return the dashboard's page, or how to build it."""
    # As it lies on the disk now: the names of assets in it change with a build.
    content = packaged.read_built(_FOLDER, "index.html")
    if content is None:
        return PlainTextResponse(_NOT_BUILT, 503, headers={"cache-control": "no-store"})
    return content.answer(request, HTML, _ANEW)
