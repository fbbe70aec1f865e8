"""The FastAPI application made of the route table: everything but the call route."""

from collections.abc import Awaitable, Callable
from functools import cache
from typing import Final

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import compile_path

from deftly.domain.access import Scope
from deftly.domain.validation import sentence_about
from deftly.errors import DeftlyError, InvalidRequest, Problem
from deftly.rest import dashboard
from deftly.rest.ask import Ask
from deftly.rest.auth import require
from deftly.rest.backing import BACKING, Backing
from deftly.rest.errors import Refusal, refusal, refusal_of
from deftly.rest.route import Access, Route
from deftly.rest.routes import ROUTES


@cache
def management() -> FastAPI:
    """Return the application; what it stands on comes with each request's scope.

    Made once a process, as FastAPI takes a millisecond a route; the OpenAPI document is made
    when somebody asks for it.
    """
    app = FastAPI(
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        telemetry={"tracing": False},
        exception_handlers={
            DeftlyError: _answer_fault,
            RequestValidationError: _answer_invalid,
            HTTPException: _answer_http,
            Exception: _hand_on,
        },
    )
    for route in ROUTES:
        if not route.raw:
            app.add_api_route(
                route.path,
                route.endpoint,
                methods=[route.method],
                dependencies=[Depends(_admission(route))],
                response_model=None,
            )
    return app


def _admission(route: Route) -> Callable[[Request], Awaitable[None]]:
    async def admit(request: Request) -> None:
        if route.scope is Access.ANYONE:
            return
        backing: Backing = request.scope[BACKING]
        headers = request.scope["headers"]
        request.state.caller = await backing.doorkeeper.admit(headers, visitors=route.visitors)
        if isinstance(route.scope, Scope):
            require(request.state.caller, route.scope)
        backing.visitor_limits.take_request(request.state.caller, Ask(request).address)

    return admit


def _respond(refused: Refusal) -> Response:
    return Response(
        refused.encoded(),
        refused.status,
        headers=dict(refused.headers),
        media_type="application/json",
    )


async def _answer_fault(request: Request, fault: Exception) -> Response:
    del request
    if not isinstance(fault, DeftlyError):
        raise fault
    return _respond(refusal_of(fault))


async def _answer_invalid(request: Request, fault: Exception) -> Response:
    """Answer query parameters that do not fit; bodies never come here."""
    del request
    if not isinstance(fault, RequestValidationError):
        raise fault
    details = [
        Problem(str(error["loc"][-1]), sentence_about(str(error["loc"][-1]), error))
        for error in fault.errors()
    ]
    return _respond(refusal_of(InvalidRequest(details[0].message, details=details)))


async def _hand_on(request: Request, fault: Exception) -> Response:
    """Leave what nobody expected to the front, which logs it under a reference."""
    del request
    raise fault


async def _answer_http(request: Request, fault: Exception) -> Response:
    if not isinstance(fault, HTTPException):
        raise fault
    allowed = methods_of(request.url.path)
    if allowed:
        listed = ", ".join(allowed)
        message = f"{request.method} is not possible here; use {' or '.join(allowed)}."
        return _respond(refusal(405, "method_not_allowed", message, headers=(("allow", listed),)))
    if dashboard.is_navigation(request):
        return dashboard.page(request)
    return _respond(refusal(404, "not_found", "There is nothing here; /docs lists what there is."))


_PATTERNS: Final = tuple((compile_path(route.path)[0], route.method) for route in ROUTES)


def methods_of(path: str) -> list[str]:
    """Return the methods a path takes, all rows of the table considered."""
    return sorted({method for pattern, method in _PATTERNS if pattern.match(path)})
