"""HTTP actions: render, pass the guard, send, shape the answer."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from deftly.domain.credential import carries_credential
from deftly.domain.handler import BODILESS, HttpHandler
from deftly.domain.run import ConsoleLine
from deftly.domain.secret import mask
from deftly.domain.template import (
    BodyTemplate,
    HeaderTemplate,
    RenderScope,
    UrlTemplate,
    compile_body,
    compile_headers,
    compile_url,
    masked,
)
from deftly.egress.client import GuardedClient
from deftly.egress.message import InboundResponse, OutboundRequest
from deftly.egress.url import Target, parse_url
from deftly.errors import EgressDenied, InvalidDefinition, Problem
from deftly.handlers.answer import ResultPath, shape_answer, shorten
from deftly.handlers.handler import HandlerResult, Invocation, Reveal
from deftly.values import JsonObject, light_value

_ORIGIN: Final = re.compile(r"[^:/?#]+://[^/?#]*")


@dataclass(frozen=True, slots=True)
class HttpTools:
    """What every HTTP action of this installation shares."""

    client: GuardedClient
    reveal: Reveal


@light_value
class Rendered:
    """A request with every placeholder filled."""

    url: str
    headers: tuple[tuple[str, str], ...]
    body: bytes | None


@dataclass(frozen=True, slots=True)
class HttpPlan:
    """The compiled templates of one HTTP action."""

    handler: HttpHandler
    url: UrlTemplate
    headers: tuple[HeaderTemplate, ...]
    body: BodyTemplate | None
    result_path: ResultPath | None
    names: frozenset[str]
    secrets: frozenset[str]
    origins: tuple[Target, ...]
    literal_credentials: frozenset[str]
    tools: HttpTools

    @property
    def timeout_s(self) -> float:
        """The deadline over all hops of one run."""
        return self.handler.timeout_s

    @property
    def writes(self) -> bool:
        """Whether the method may change data."""
        return self.handler.writes

    def prepare(self, invocation: Invocation) -> "PreparedRequest":
        """Render with secrets by name: what is shown, hashed and checked."""
        return PreparedRequest(self, invocation, self.render(invocation))

    def render(self, invocation: Invocation, secret: Callable[[str], str] = masked) -> Rendered:
        """Fill every placeholder; secrets stay masked unless told otherwise."""
        scope = RenderScope(
            arguments=invocation.arguments,
            user=invocation.user,
            page=invocation.page,
            secret=secret,
        )
        return Rendered(
            url=self.url.render(scope),
            headers=self._headers(invocation, scope),
            body=self.body.render(scope) if self.body else None,
        )

    def _headers(self, invocation: Invocation, scope: RenderScope) -> tuple[tuple[str, str], ...]:
        omits = self.handler.omit_missing
        headers = [
            (header.name, header.render(scope))
            for header in self.headers
            if not (omits and header.is_missing(scope))
        ]
        written = {name.lower() for name, _ in headers}
        content_type = self.body.content_type if self.body else None
        if content_type and "content-type" not in written:
            headers.append(("Content-Type", content_type))
        if self.handler.idempotency_header:
            headers.append((self.handler.idempotency_header, invocation.run_id))
        return tuple(headers)


class PreparedRequest:
    """One HTTP call, rendered with secrets by name."""

    def __init__(self, plan: HttpPlan, invocation: Invocation, rendered: Rendered) -> None:
        """Keep the plan, what it is run with, and what a person may see of it."""
        self._plan = plan
        self._invocation = invocation
        self._rendered = rendered
        self._parsed: Target | None = None
        self._revealed: dict[str, str] = {}
        self._response: InboundResponse | None = None

    @property
    def method(self) -> str:
        """The HTTP method."""
        return self._plan.handler.method

    @property
    def host(self) -> str:
        """The host as it will be dialled, with a port that is not the scheme's own."""
        target = self._target
        self._plan.tools.client.policy.check_target(target)
        return target.authority

    @property
    def shown(self) -> JsonObject:
        """The request with secrets by name."""
        shown: JsonObject = {
            "method": self.method,
            "url": self._rendered.url,
            "headers": {
                name: mask(name) if name in self._plan.literal_credentials else text
                for name, text in self._rendered.headers
            },
        }
        if self._rendered.body is not None:
            shown["body"] = self._rendered.body.decode(errors="replace")
        return shown

    @property
    def revealed(self) -> Mapping[str, str]:
        """Secrets it was given so far, by name."""
        return self._revealed

    @property
    def received(self) -> JsonObject | None:
        """The answer before the result path."""
        return None if self._response is None else shape_answer(self._response, None)

    @property
    def _target(self) -> Target:
        if self._parsed is None:
            self._parsed = parse_url(self._addressed())
        return self._parsed

    def _addressed(self) -> str:
        url = self._rendered.url
        if self._plan.secrets:
            # A mask is for people; where the request goes does not depend on any secret.
            url = self._plan.render(self._invocation, _stand_in).url
        return url

    @property
    def console(self) -> Sequence[ConsoleLine]:
        """No code of an owner runs."""
        return ()

    async def execute(self) -> HandlerResult:
        """Send it, once the guard has accepted the target, and only then with its secrets."""
        plan = self._plan
        client = plan.tools.client
        approval = await client.approve(self._target)
        await self._reveal()
        response = await client.send(self._outbound(self._revealed), approval)
        self._response = response
        return HandlerResult(
            value=shape_answer(response, plan.result_path),
            revealed=self._revealed,
            sent_bytes=response.sent_bytes,
            received_bytes=response.received_bytes,
            shorten=partial(shorten, wire_bytes=len(response.body)),
        )

    async def _reveal(self) -> None:
        plan, place = self._plan, self._target.place
        # Where a parameter decides the host, its giver must not choose who gets the secret.
        may_bind = bool(plan.origins)
        for name in plan.secrets:
            self._revealed[name] = await plan.tools.reveal(name, place, may_bind=may_bind)

    def _outbound(self, revealed: Mapping[str, str]) -> OutboundRequest:
        """Return the request as it is sent: the prepared one, or one with its secrets."""
        plan = self._plan
        target, rendered = self._target, self._rendered
        if revealed:
            rendered = plan.render(self._invocation, revealed.__getitem__)
            target = parse_url(rendered.url)
        return OutboundRequest(
            method=self.method,
            target=target,
            headers=rendered.headers,
            body=rendered.body,
            timeout_s=plan.timeout_s,
            stay_on_host=self._invocation.confirmed,
        )


def _stand_in(name: str) -> str:
    return name


def compile_http(handler: HttpHandler, tools: HttpTools) -> HttpPlan:
    """Return the plan of an HTTP action.

    Raises:
        InvalidDefinition: A template, a header name or the result path can never work.
    """
    url = compile_url(
        handler.url,
        path="handler.url",
        allow_host_parameter=handler.allow_host_parameter,
        omit_missing=handler.omit_missing,
    )
    headers = compile_headers(handler.headers, path="handler.headers")
    body = _compile_body(handler)
    placeholders = [
        *url.placeholders,
        *(one for header in headers for one in header.placeholders),
        *(body.placeholders if body else ()),
    ]
    return HttpPlan(
        handler=handler,
        url=url,
        headers=headers,
        body=body,
        result_path=ResultPath.compile(handler.result_path),
        names=frozenset(one.argument for one in placeholders if one.argument is not None),
        secrets=frozenset(one.secret for one in placeholders if one.secret is not None),
        origins=_origins(handler.url),
        literal_credentials=frozenset(
            name for name, text in handler.headers.items() if carries_credential(name, text)
        ),
        tools=tools,
    )


def _origins(url: str) -> tuple[Target, ...]:
    """Return where the URL goes, nothing where a placeholder in the authority decides."""
    origin = _ORIGIN.match(url)
    if origin is not None and "{{" in origin[0]:
        return ()
    written = f"{origin[0]}/" if origin is not None and "{{" in url else url
    try:
        return (parse_url(written),)
    except EgressDenied as fault:
        message = f"handler.url: {fault.message}"
        raise InvalidDefinition(message, details=[Problem("handler.url", message)]) from None


def _compile_body(handler: HttpHandler) -> BodyTemplate | None:
    if handler.payload is None or handler.method in BODILESS:
        return None
    content_type = next(
        (text for name, text in handler.headers.items() if name.lower() == "content-type"), None
    )
    field = "body" if handler.body is not None else "bodyTemplate"
    return compile_body(
        handler.payload, content_type, path=f"handler.{field}", omit_missing=handler.omit_missing
    )
