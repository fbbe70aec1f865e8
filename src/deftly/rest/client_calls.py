"""Client calls: the browser that starts one is given what it takes, and tells how it ended."""

from typing import Final

from starlette.responses import Response

from deftly.domain.client_call import (
    ClientEvent,
    integrity_of,
    may_have_browser,
    script_of,
)
from deftly.domain.conversation import shortened
from deftly.domain.summary import visible
from deftly.domain.visitor import Grant
from deftly.errors import InvalidRequest, NotAllowed, NotFound, Problem
from deftly.handlers.answer import bounded
from deftly.rest.ask import OK, Ask, Asked, answer
from deftly.rest.body import only, text
from deftly.rest.packaged import JAVASCRIPT

_ERROR_LIMIT: Final = 500
_READ_LIMIT: Final = 2_000
# The grant says who may have it; pages of other sites are what it is made for.
_HEADERS: Final = {
    "cache-control": "private, no-store",
    "cross-origin-resource-policy": "cross-origin",
}


async def start_client_call(ask: Asked, conversation_id: str, call_id: str) -> Response:
    """Start a call that waits; the first browser that asks makes it, and no other one."""
    only(await ask.body(optional=True))
    await _check_own(ask, conversation_id)
    calls, visiting = ask.backing.client_calls, ask.backing.visiting
    call = await calls.start(call_id, conversation_id)
    grant = visiting.grant(Grant(conversation_id, _origin_of(ask), call.sha256))
    return answer(
        {
            "ok": True,
            "callId": call.id,
            "tool": call.tool,
            "script": f"/embed/client/{call.sha256}.js?grant={grant}",
            "sha256": call.sha256,
            "integrity": integrity_of(script_of(call.sha256, await calls.code(call.sha256))),
            "arguments": call.arguments,
            "returns": call.returns,
            "timeoutS": call.timeout_s,
        }
    )


async def finish_client_call(ask: Asked, conversation_id: str, call_id: str) -> Response:
    """Tell how a started call ended, once; a result counts where the action returns one."""
    given = await ask.body()
    await _check_own(ask, conversation_id)
    match given.get("ok"):
        case True:
            only(given, "ok", "result")
            ending, result, error = ClientEvent.FINISHED, bounded(given.get("result")), None
        case False:
            only(given, "ok", "error")
            ending, result, error = ClientEvent.FAILED, None, _told(text(given, "error"))
        case _:
            message = "ok is required: true, or false where the code failed."
            raise InvalidRequest(message, details=[Problem("ok", message)])
    await ask.backing.client_calls.finish(
        call_id, conversation_id, ending, result=result, error=error
    )
    return answer(OK)


async def client_script(ask: Asked, sha256: str, grant: str = "") -> Response:
    """Return the code of a call that was started, to the page it was started on."""
    granted = ask.backing.visiting.granted(grant)
    if granted is None or granted.sha256 != sha256 or not _is_from(ask, granted.origin):
        raise NotAllowed("The grant is over, or not for this script and page; start the call anew.")
    script = script_of(sha256, await ask.backing.client_calls.code(sha256))
    return Response(script, media_type=JAVASCRIPT, headers=_HEADERS)


async def _check_own(ask: Ask, conversation_id: str) -> None:
    """Refuse everybody else, whatever they manage: the code acts on the page it runs in."""
    found = await ask.backing.conversations.get(conversation_id)
    if found.principal != ask.caller.id or not may_have_browser(ask.caller.id):
        raise NotFound("There is no such conversation.")


def _origin_of(ask: Ask) -> str:
    """Return where the script will be fetched from: a visitor's page, or one of our own."""
    visitor = ask.caller.visitor
    return "" if visitor is None else visitor.origin


def _is_from(ask: Ask, origin: str) -> bool:
    sent = ask.header("origin")
    if origin:
        return sent == origin
    return sent is None or ask.backing.site.is_ours(sent)


def _told(error: str) -> str:
    """Return what a page said went wrong as one line that hides nothing."""
    line = " ".join(error[:_READ_LIMIT].split())
    return shortened(visible(line), _ERROR_LIMIT)
