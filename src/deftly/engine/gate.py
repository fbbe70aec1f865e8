"""The confirm gate: nothing that asks is sent before a person has answered.

A held call is stored whole. What runs later is what was stored, once: the claim is one
conditional update in the database, and its row count decides. Nothing is repeated.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from deftly.catalog.compile import CompiledAction
from deftly.domain.access import Principal, Scope
from deftly.domain.confirmation import Confirmation
from deftly.domain.run import Call, Question, Run, Status
from deftly.domain.summary import summarise, without_program
from deftly.errors import (
    ConfirmationClosed,
    EditConflict,
    InvalidRequest,
    NotAllowed,
    NotFound,
)
from deftly.handlers.handler import Prepared
from deftly.store.confirmations import Claimed, Confirmations, TokenIssue
from deftly.store.hold_limits import HoldLimits
from deftly.store.idempotency import Idempotency
from deftly.values import (
    Clock,
    IdSource,
    JsonObject,
    JsonValue,
    canonical_json,
    format_time,
    sha256_hex,
)

_TOKEN_LENGTH: Final = 43
NO_SUCH_CONFIRMATION: Final = "There is no such confirmation, or the token is not for it."


@dataclass(frozen=True, slots=True)
class GateSettings:
    """What an operator decides about questions.

    Attributes:
        expires_s: How long a question outside a conversation stays open.
        expires_conversation_s: The same inside a conversation.
        public_url: Where people reach this server, without a trailing slash.
    """

    expires_s: int = 300
    expires_conversation_s: int = 86_400
    public_url: str = ""
    limits: HoldLimits = field(default_factory=HoldLimits)


class Gate:
    """Holds calls that ask, and lets each through at most once."""

    def __init__(
        self, confirmations: Confirmations, settings: GateSettings, clock: Clock, ids: IdSource
    ) -> None:
        """Take where questions are kept and how long they stay open."""
        self._confirmations = confirmations
        self._settings = settings
        self._clock = clock
        self._ids = ids

    async def hold(
        self,
        call: Call,
        compiled: CompiledAction,
        prepared: Prepared,
        run: Run,
        idempotency: Idempotency | None,
    ) -> tuple[Run, Question | None]:
        """Store the call and ask; or return the run an idempotency key had before.

        Raises:
            TooMany: Too many questions are open, or this one was denied a moment ago.
        """
        confirmation = self._confirmation(call, compiled, prepared, run)
        run = run.with_(confirmation_id=confirmation.id)
        token, issue = self._new_token(call.principal)
        earlier = await self._confirmations.hold(
            run,
            confirmation,
            token=issue,
            idempotency=idempotency,
            limits=self._settings.limits,
        )
        if earlier is not None:
            return earlier, None
        held = await self._confirmations.get(confirmation.id)
        return run, self._question(held, token, call.principal)

    def _confirmation(
        self, call: Call, compiled: CompiledAction, prepared: Prepared, run: Run
    ) -> Confirmation:
        now = self._clock.now()
        lifetime_s = (
            self._settings.expires_s
            if call.conversation_id is None
            else self._settings.expires_conversation_s
        )
        return Confirmation(
            id=self._ids.new_id(),
            run_id=run.id,
            action_id=compiled.action.id,
            tool=compiled.action.tool,
            version_hash=compiled.version_hash,
            arguments=run.arguments,
            user=dict(call.user or {}),
            page=dict(call.page or {}),
            request_digest=request_digest(prepared),
            summary=summarise(
                compiled.action,
                run.arguments,
                method=prepared.method,
                host=prepared.host,
                secrets=compiled.plan.secrets,
            ),
            requester=call.principal.id,
            conversation_id=call.conversation_id,
            created_at=format_time(now),
            expires_at=format_time(now + timedelta(seconds=lifetime_s)),
            status=run.status,
        )

    def _new_token(self, principal: Principal) -> tuple[str | None, TokenIssue | None]:
        if not principal.may(Scope.CONFIRM):
            return None, None
        token = self._ids.new_token()
        return token, TokenIssue(sha256=sha256_hex(token), principal=principal.id)

    def _question(
        self, confirmation: Confirmation, token: str | None, principal: Principal
    ) -> Question:
        shown = confirmation.shown
        return Question(
            id=confirmation.id,
            expires_at=confirmation.expires_at,
            summary=shown if principal.sees_programs else without_program(shown),
            url=f"{self._settings.public_url}/api/confirmations/{confirmation.id}",
            token=token,
        )

    async def question(self, confirmation_id: str, principal: Principal) -> Question | None:
        """Return an open question again, with a further token for whoever may answer it.

        None for one that is answered by now, or whose time is over: then its run says so, too.
        """
        confirmation = await self._confirmations.get(confirmation_id)
        is_open = confirmation.status is Status.CONFIRM_REQUIRED
        token, issue = self._new_token(principal)
        if is_open and issue is not None:
            try:
                await self._confirmations.add_token(confirmation_id, issue)
            except ConfirmationClosed:
                is_open = False
        if is_open:
            return self._question(confirmation, token, principal)
        await self._confirmations.expire_due()
        return None

    async def issue_token(self, confirmation_id: str, principal: Principal) -> str:
        """Return a further token, for a reload, a second tab, a dashboard.

        Raises:
            NotAllowed: The principal may not confirm.
            NotFound: There is no such confirmation.
            ConfirmationClosed: It is answered already.
        """
        token, issue = self._new_token(principal)
        if token is None or issue is None:
            message = "Answering a confirmation needs the scope confirm."
            raise NotAllowed(message)
        await self._confirmations.add_token(confirmation_id, issue)
        return token

    async def claim(
        self, confirmation_id: str, token: JsonValue, principal: Principal, version_hash: str | None
    ) -> Claimed:
        """Let a confirmed call through, once; later answers see how it ended.

        ``version_hash`` is of the definition as it is now, none where it is gone or disabled.
        """
        return await self._confirmations.claim(
            confirmation_id,
            _digest(token),
            principal.id,
            version_hash=version_hash,
        )

    async def deny(self, confirmation_id: str, token: JsonValue, principal: Principal) -> Claimed:
        """Refuse a held call for good."""
        return await self._confirmations.deny(
            confirmation_id,
            _digest(token),
            principal.id,
        )

    async def find(self, confirmation_id: str) -> Confirmation:
        """Return the confirmation.

        Raises:
            NotFound: There is none; worded as for a wrong token.
        """
        try:
            return await self._confirmations.get(confirmation_id)
        except NotFound:
            raise NotFound(NO_SUCH_CONFIRMATION) from None


def _digest(token: JsonValue) -> str:
    """Return what a token is looked up by; comparing digests tells nothing about the token."""
    if not isinstance(token, str):
        message = "token must be text."
        raise InvalidRequest(message)
    if len(token) != _TOKEN_LENGTH or not token.isascii():
        raise NotFound(NO_SUCH_CONFIRMATION)
    return sha256_hex(token)


def request_digest(prepared: Prepared) -> str:
    """Return what two requests share that look the same to the person who is asked."""
    return sha256_hex(canonical_json(prepared.shown))


def as_shown(prepared: Prepared, confirmation: Confirmation) -> Prepared:
    """Return the request if it is the one the person was shown.

    Raises:
        EditConflict: It is rendered otherwise now than it was then.
    """
    if request_digest(prepared) != confirmation.request_digest:
        message = "The request is not the one that was shown; nothing was sent. Call again."
        raise EditConflict(message)
    return prepared


def arguments_digest(arguments: Mapping[str, JsonValue] | JsonObject) -> str:
    """Return what two calls with the same arguments share."""
    return sha256_hex(canonical_json(dict(arguments)))
