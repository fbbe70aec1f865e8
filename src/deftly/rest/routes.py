"""The route table: every path this server answers, who may call it, what it takes and gives."""

from typing import Final

from deftly.domain.access import Scope
from deftly.rest import (
    action_shapes,
    confirmations,
    custom_actions,
    documentation,
    events,
    health,
    keys,
    runs,
    secrets,
    session,
    shapes,
    tool_call,
    tools,
)
from deftly.rest.route import Access, Body, Route

_ACTIONS: Final = "/api/custom-actions"
_ACTION: Final = "/api/custom-actions/{action_id}"
_CONFIRMATION: Final = "/api/confirmations/{confirmation_id}"
_MUST: Final = Body.REQUIRED
_MAY: Final = Body.OPTIONAL
_READ: Final = Scope.READ
_RUN: Final = Scope.RUN
_CONFIRM: Final = Scope.CONFIRM
_MANAGE: Final = Scope.MANAGE
_OWN: Final = Scope.OWN
_HTML: Final = documentation.HTML

# fmt: off
ROUTES: Final[tuple[Route, ...]] = (
    Route("GET", _ACTIONS, _READ, custom_actions.list_actions, action_shapes.ActionList),
    Route("POST", _ACTIONS, _MANAGE, custom_actions.create_action, action_shapes.SavedAction,
          action_shapes.ActionDraft, _MUST, (409,)),
    Route("GET", f"{_ACTIONS}/export", _READ, custom_actions.export_actions, action_shapes.Export),
    Route("POST", f"{_ACTIONS}/test", _MANAGE, custom_actions.test_draft, action_shapes.TestAnswer,
          action_shapes.DraftTestRequest, _MUST),
    Route("GET", _ACTION, _READ, custom_actions.read_action, action_shapes.OneAction,
          refusals=(404,)),
    Route("PUT", _ACTION, _MANAGE, custom_actions.update_action, action_shapes.SavedAction,
          action_shapes.ActionPatch, _MUST, (404, 409, 412)),
    Route("DELETE", _ACTION, _MANAGE, custom_actions.delete_action, shapes.Done,
          refusals=(404, 409)),
    Route("POST", f"{_ACTION}/test", _MANAGE, custom_actions.test_action, action_shapes.TestAnswer,
          action_shapes.TestRequest, _MAY, (404,)),
    Route("POST", f"{_ACTION}/preview", _MANAGE, custom_actions.preview_action,
          action_shapes.Preview,
          action_shapes.TestRequest, _MAY, (404, 422)),
    Route("GET", f"{_ACTION}/revisions", _READ, custom_actions.list_revisions,
          action_shapes.RevisionList, refusals=(404,)),
    Route("POST", f"{_ACTION}/revisions/{{version}}/restore", _MANAGE,
          custom_actions.restore_revision, action_shapes.SavedAction, refusals=(400, 404, 409)),

    Route("GET", "/api/tools", _RUN, tools.list_tools, shapes.ToolList, refusals=(304, 400)),
    Route("POST", "/api/tools/{tool}/call", _RUN, tool_call.document, shapes.OutcomeAnswer,
          shapes.CallRequest, _MUST, (404, 409, 422, 429), raw=True),

    Route("GET", "/api/confirmations", _READ, confirmations.list_confirmations,
          shapes.ConfirmationList, refusals=(400,)),
    Route("GET", _CONFIRMATION, _READ, confirmations.read_confirmation, shapes.OneConfirmation,
          refusals=(404,)),
    Route("POST", f"{_CONFIRMATION}/token", _CONFIRM, confirmations.issue_token, shapes.Token,
          None, _MAY, (404, 409)),
    Route("POST", f"{_CONFIRMATION}/confirm", _CONFIRM, confirmations.confirm,
          shapes.OutcomeAnswer, shapes.Answer, _MUST, (404, 409)),
    Route("POST", f"{_CONFIRMATION}/deny", _CONFIRM, confirmations.deny, shapes.OutcomeAnswer,
          shapes.Answer, _MUST, (404, 409)),

    Route("GET", "/api/runs", _READ, runs.list_runs, shapes.RunList, refusals=(400,)),
    Route("GET", "/api/runs/{run_id}", _READ, runs.read_run, shapes.OneRun, refusals=(404,)),

    Route("GET", "/api/secrets", _MANAGE, secrets.list_secrets, shapes.SecretList),
    Route("PUT", "/api/secrets/{name}", _MANAGE, secrets.put_secret, shapes.StoredSecret,
          shapes.SecretValue, _MUST, (409,)),
    Route("DELETE", "/api/secrets/{name}", _MANAGE, secrets.delete_secret, shapes.Done,
          refusals=(404,)),

    Route("GET", "/api/keys", _OWN, keys.list_keys, shapes.KeyList),
    Route("POST", "/api/keys", _OWN, keys.make_key, shapes.MadeKey, shapes.NewKey, _MUST),
    Route("DELETE", "/api/keys/{key_id}", _OWN, keys.delete_key, shapes.Done, refusals=(404,)),

    Route("POST", "/api/session", Access.ANYONE, session.log_in, shapes.SessionAnswer,
          shapes.Login, _MUST, (401, 503)),
    Route("GET", "/api/session", Access.KNOWN, session.read_session, shapes.SessionAnswer),
    Route("DELETE", "/api/session", Access.KNOWN, session.log_out, shapes.Done),

    Route("GET", "/api/events", _READ, events.stream_events, events.MEDIA_TYPE, refusals=(400,)),

    Route("GET", "/health/live", Access.ANYONE, health.live, shapes.Alive),
    Route("GET", "/health/ready", Access.ANYONE, health.ready, shapes.Ready, refusals=(503,)),
    Route("GET", "/metrics", _READ, health.metrics, "text/plain"),
    Route("GET", "/openapi.json", _READ, documentation.openapi, "application/json"),
    Route("GET", "/docs", _READ, documentation.docs_page, _HTML),
    Route("GET", "/docs/{asset}", _READ, documentation.docs_asset, "*/*", refusals=(404,),
          documented=False),
    Route("GET", "/login", Access.ANYONE, documentation.login_page, _HTML, documented=False),
    Route("GET", "/login/{asset}", Access.ANYONE, documentation.login_asset, "*/*",
          refusals=(404,), documented=False),
)
# fmt: on
