"""The route table: every path this server answers, who may call it, what it takes and gives."""

from typing import Final

from deftly.domain.access import Scope
from deftly.rest import (
    action_shapes,
    agent_shapes,
    agents,
    chat,
    confirmations,
    conversation_shapes,
    conversations,
    custom_actions,
    dashboard,
    documentation,
    events,
    health,
    invitations,
    keys,
    models,
    porting,
    porting_shapes,
    principals,
    run_trace,
    runs,
    secrets,
    session,
    shapes,
    sse,
    tool_call,
    tools,
    user_shapes,
    users,
)
from deftly.rest.route import Access, Body, Route

_ACTIONS: Final = "/api/custom-actions"
_ACTION: Final = "/api/custom-actions/{action_id}"
_AGENTS: Final = "/api/agents"
_AGENT: Final = "/api/agents/{name}"
_CONVERSATION: Final = "/api/conversations/{conversation_id}"
_CONFIRMATION: Final = "/api/confirmations/{confirmation_id}"
_USER: Final = "/api/users/{user_id}"
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
    Route("GET", f"{_ACTIONS}/export", _READ, porting.export_actions, action_shapes.Export),
    Route("POST", f"{_ACTIONS}/import", _MANAGE, porting.import_actions,
          porting_shapes.ImportAnswer, porting_shapes.ImportRequest, _MUST),
    Route("POST", f"{_ACTIONS}/generate", _MANAGE, porting.generate_action,
          porting_shapes.Generated, porting_shapes.GenerateRequest, _MUST, (502,)),
    Route("POST", f"{_ACTIONS}/test", _MANAGE, custom_actions.test_draft, action_shapes.TestAnswer,
          action_shapes.DraftTestRequest, _MUST),
    Route("POST", f"{_ACTIONS}/preview", _MANAGE, custom_actions.preview_draft,
          action_shapes.Preview, action_shapes.DraftTestRequest, _MUST, (422,)),
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

    Route("GET", _AGENTS, _READ, agents.list_agents, agent_shapes.AgentList),
    Route("POST", _AGENTS, _MANAGE, agents.create_agent, agent_shapes.SavedAgent,
          agent_shapes.AgentDraft, _MUST, (409,)),
    Route("GET", _AGENT, _READ, agents.read_agent, agent_shapes.OneAgent, refusals=(404,)),
    Route("PUT", _AGENT, _MANAGE, agents.update_agent, agent_shapes.SavedAgent,
          agent_shapes.AgentPatch, _MUST, (404, 409, 412)),
    Route("DELETE", _AGENT, _MANAGE, agents.delete_agent, shapes.Done, refusals=(404, 409)),

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

    Route("POST", "/api/chat/{agent}", _RUN, chat.chat, sse.MEDIA_TYPE,
          conversation_shapes.ChatInput, _MUST, (404, 409, 429)),
    Route("POST", "/api/chat/{agent}/prepare", _RUN, chat.prepare, shapes.Done, None, _MAY,
          (404, 503)),
    Route("GET", "/api/models", _READ, models.list_models, conversation_shapes.ModelList),
    Route("GET", "/api/conversations", _RUN, conversations.list_conversations,
          conversation_shapes.ConversationList, refusals=(400,)),
    Route("GET", _CONVERSATION, _RUN, conversations.read_conversation,
          conversation_shapes.OneConversation, refusals=(400, 404)),
    Route("PUT", _CONVERSATION, _RUN, conversations.rename_conversation,
          conversation_shapes.RenamedConversation, conversation_shapes.NewTitle, _MUST, (404,)),
    Route("DELETE", _CONVERSATION, _RUN, conversations.delete_conversation, shapes.Done,
          refusals=(404, 409)),
    Route("POST", f"{_CONVERSATION}/stop", _RUN, conversations.stop_conversation,
          conversation_shapes.Stopping, None, _MAY, (404,)),
    Route("GET", f"{_CONVERSATION}/export", _RUN, conversations.export_conversation,
          conversation_shapes.ConversationExport, refusals=(404,)),
    Route("GET", f"{_CONVERSATION}/events", _RUN, conversations.follow_conversation,
          sse.MEDIA_TYPE, refusals=(400, 404, 429)),

    Route("GET", "/api/runs", _READ, runs.list_runs, shapes.RunList, refusals=(400,)),
    Route("GET", "/api/runs/over-time", _READ, runs.count_runs, shapes.RunsOverTime,
          refusals=(400,)),
    Route("GET", "/api/runs/by-action", _READ, runs.rate_actions, shapes.RunsByAction,
          refusals=(400,)),
    Route("GET", "/api/runs/{run_id}", _READ, runs.read_run, shapes.OneRun, refusals=(404,)),
    Route("GET", "/api/runs/{run_id}/trace", _READ, run_trace.read_trace, shapes.RunTrace,
          refusals=(404,)),

    Route("GET", "/api/secrets", _MANAGE, secrets.list_secrets, shapes.SecretList),
    Route("PUT", "/api/secrets/{name}", _MANAGE, secrets.put_secret, shapes.StoredSecret,
          shapes.SecretValue, _MUST, (409,)),
    Route("DELETE", "/api/secrets/{name}", _MANAGE, secrets.delete_secret, shapes.Done,
          refusals=(404,)),

    Route("GET", "/api/keys", _OWN, keys.list_keys, shapes.KeyList),
    Route("POST", "/api/keys", _OWN, keys.make_key, shapes.MadeKey, shapes.NewKey, _MUST),
    Route("DELETE", "/api/keys/{key_id}", _OWN, keys.delete_key, shapes.Done, refusals=(404,)),

    Route("GET", "/api/users", _OWN, users.list_users, user_shapes.UserList),
    Route("POST", "/api/users", _OWN, users.create_user, user_shapes.MadeUser,
          user_shapes.NewUser, _MUST, (409, 429)),
    Route("PUT", _USER, _OWN, users.update_user, user_shapes.SavedUser,
          user_shapes.UserPatch, _MUST, (404, 409)),
    Route("DELETE", _USER, _OWN, users.delete_user, shapes.Done, refusals=(404, 409)),
    Route("PUT", f"{_USER}/password", _OWN, users.set_user_password, shapes.Done,
          user_shapes.NewPassword, _MUST, (404, 429)),
    Route("POST", f"{_USER}/invitation", _OWN, users.invite_user, user_shapes.MadeUser,
          refusals=(404,)),
    Route("GET", "/api/principals", _READ, principals.list_principals,
          user_shapes.PrincipalList),
    Route("POST", "/api/invitation", Access.ANYONE, invitations.read_invitation,
          user_shapes.InvitedAnswer, user_shapes.InvitationToken, _MUST, (404, 503)),
    Route("POST", "/api/invitation/accept", Access.ANYONE, invitations.accept_invitation,
          user_shapes.SessionAnswer, user_shapes.AcceptedInvitation, _MUST, (401, 404, 429, 503)),

    Route("POST", "/api/session", Access.ANYONE, session.log_in, user_shapes.SessionAnswer,
          user_shapes.Login, _MUST, (401, 429, 503)),
    Route("GET", "/api/session", Access.KNOWN, session.read_session, user_shapes.SessionAnswer),
    Route("DELETE", "/api/session", Access.KNOWN, session.log_out, shapes.Done),
    Route("PUT", "/api/session/password", Access.KNOWN, session.change_password, shapes.Done,
          user_shapes.OwnPassword, _MUST, (409, 429)),

    Route("GET", "/api/events", _READ, events.stream_events, sse.MEDIA_TYPE,
          refusals=(400, 429)),

    Route("GET", "/health/live", Access.ANYONE, health.live, shapes.Alive),
    Route("GET", "/health/ready", Access.ANYONE, health.ready, shapes.Ready, refusals=(503,)),
    Route("GET", "/metrics", _READ, health.metrics, "text/plain"),
    Route("GET", "/openapi.json", _READ, documentation.openapi, "application/json"),
    Route("GET", "/docs", _READ, documentation.docs_page, _HTML),
    Route("GET", "/docs/{asset}", _READ, documentation.docs_asset, "*/*", refusals=(404,),
          documented=False),
    Route("GET", "/", Access.ANYONE, dashboard.dashboard_page, _HTML, documented=False),
    Route("GET", "/login", Access.ANYONE, dashboard.dashboard_page, _HTML, documented=False),
    Route("GET", "/assets/{asset}", Access.ANYONE, dashboard.dashboard_asset, "*/*",
          refusals=(404,), documented=False),
)
# fmt: on
