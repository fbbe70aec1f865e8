"""The sample shop's own origin: the pages people see and the API that actions call."""

from dataclasses import dataclass
from importlib.resources import files
from string import Template
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from deftly.demo.api import api_routes
from deftly.demo.shop import Refusal, Shop

_FILES: Final = files("deftly.demo").joinpath("storefront")
_TYPES: Final = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_INERT: Final = {"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'"}
_POLICY: Final = (
    "default-src 'none'; script-src 'self' {deftly}; connect-src 'self' {deftly}; "
    "frame-src {deftly}; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_TAG: Final = '<script src="{url}/embed.js" data-agent="{key}" defer></script>'


@dataclass(frozen=True, slots=True)
class Assistant:
    """The agent that sits on the shop's page.

    Attributes:
        url: Where Deftly answers, without a trailing slash.
        publishable_key: Names the agent; it is no secret.
    """

    url: str
    publishable_key: str

    @property
    def tag(self) -> str:
        """All that a page needs."""
        return _TAG.format(url=self.url, key=self.publishable_key)


@dataclass(slots=True)
class ShopFront:
    """The shop's page, which gets its assistant once Deftly listens."""

    assistant: Assistant | None = None

    async def page(self, _: Request) -> Response:
        """Answer with the page; its policy allows our files and Deftly, and nothing else."""
        tag = self.assistant.tag if self.assistant else ""
        deftly = self.assistant.url if self.assistant else ""
        text = _FILES.joinpath("index.html").read_text(encoding="utf-8")
        headers = {
            "content-security-policy": _POLICY.format(deftly=deftly),
            "cache-control": "no-store",
        }
        return HTMLResponse(Template(text).substitute(assistant=tag), headers=headers)


async def asset(request: Request) -> Response:
    """Answer with a file of the page."""
    return _file(request.path_params["name"])


async def picture(request: Request) -> Response:
    """Answer with the picture of a product."""
    return _file("pictures", f"{request.path_params['product_id']}.svg")


def _file(*parts: str) -> Response:
    *folders, name = parts
    folder = _FILES.joinpath(*folders)
    # Looked for among those there are: no name leads out of the folder.
    found = next((one for one in folder.iterdir() if one.name == name), None)
    kind = _TYPES.get(name.rpartition(".")[2])
    if found is None or kind is None:
        raise HTTPException(404)
    return Response(found.read_bytes(), media_type=kind, headers=_INERT)


def shop_app(shop: Shop, front: ShopFront) -> Starlette:
    """Return the shop as an ASGI application."""
    return Starlette(
        routes=[
            Route("/", front.page),
            Route("/storefront/{name}", asset),
            Route("/pictures/{product_id}.svg", picture, name="picture"),
            *api_routes(shop),
        ],
        exception_handlers={Refusal: _refuse, HTTPException: _refuse},
    )


async def _refuse(_: Request, fault: Exception) -> Response:
    match fault:
        case Refusal():
            told = {"error": fault.code, "message": fault.message}
            return JSONResponse(told, status_code=fault.status)
        case HTTPException():
            told = {"error": "no_such_route", "message": fault.detail}
            return JSONResponse(told, status_code=fault.status_code)
        case _:
            raise fault
