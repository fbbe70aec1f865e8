"""Visitors at the door: how one begins, is let in again, and what ends it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from deftly.catalog.agents import Agents
from deftly.domain.access import Principal, visitor_principal
from deftly.domain.agent import Agent
from deftly.domain.identity import claim_of, identity_secret, verified
from deftly.domain.page import page_of
from deftly.domain.visitor import TOKEN_LIFETIME_S, Grant, Visitor, VisitorSigner
from deftly.errors import NotAllowed, NotAuthenticated, NotFound
from deftly.rest.site import Site
from deftly.store.visitors import Visitors
from deftly.values import Clock, IdSource, JsonValue, format_time

_OVER = "The visit is over, or its page may not embed this agent any more; ask for a new session."
_NO_AGENT = "There is no agent with this publishable key; copy it from the agent."


@dataclass(frozen=True, slots=True)
class Entering:
    """What a page sends to begin, or to go on.

    Attributes:
        origin: The page's, as its browser told it; None where it told none, or several.
    """

    publishable_key: str
    origin: str | None
    resume: str | None = None
    identity: JsonValue = None
    page: JsonValue = None


@dataclass(frozen=True, slots=True)
class Visit:
    """A visitor who was let in."""

    visitor: Visitor
    agent: Agent
    token: str
    resume: str
    expires_at: str


class Visiting:
    """Knows which pages may embed which agent, and who their visitors are."""

    def __init__(
        self,
        agents: Agents,
        visitors: Visitors,
        *,
        site: Site,
        key: bytes,
        clock: Clock,
        ids: IdSource,
    ) -> None:
        """Take the installation's key; everything visitors carry is signed with it."""
        self.signer = VisitorSigner(key)
        self._agents = agents
        self._visitors = visitors
        self._site = site
        self._key = key
        self._clock = clock
        self._ids = ids

    def agent(self, publishable_key: str) -> Agent:
        """Return the enabled agent of this key.

        Raises:
            NotFound: There is none; a stranger is told no more.
        """
        try:
            return self._agents.find_by_key(publishable_key)
        except NotFound:
            raise NotFound(_NO_AGENT) from None

    def is_embedded_from(self, origin: str) -> bool:
        """Tell whether pages of the origin may embed any agent that is there."""
        return any(_admits(one.noun, origin) for one in self._agents.current.entries)

    def identity_secret(self, agent: Agent) -> str:
        """Return what the agent's owner signs users with."""
        return identity_secret(self._key, agent.id, agent.identity_version)

    async def enter(self, entering: Entering) -> Visit:
        """Let a visitor in: the same as before, where the page can show that it is.

        Raises:
            NotFound: There is no such agent.
            NotAllowed: The page may not embed it, or the user is not the one who was signed.
            InvalidRequest: Identity or page have another form.
        """
        agent = self.agent(entering.publishable_key)
        origin = entering.origin
        if origin is None or not _admits(agent, origin):
            shown = origin or "(none)"
            raise NotAllowed(
                f"The origin {shown} may not embed this agent; an editor adds it to the agent's "
                "allowedOrigins, spelled as in https://shop.example.com."
            )
        user = None
        if entering.identity is not None:
            user = verified(claim_of(entering.identity), self.identity_secret(agent))
        shows_page = agent.allow_page_context and entering.page is not None
        page = page_of(entering.page, origin) if shows_page else None
        stranger = Visitor("", agent.id, origin, user, page)
        visitor = replace(stranger, id=await self._id(stranger, entering.resume))
        now = self._clock.now()
        return Visit(
            visitor=visitor,
            agent=agent,
            token=self.signer.token(visitor, now),
            resume=self.signer.resume(visitor, now),
            expires_at=format_time(now + timedelta(seconds=TOKEN_LIFETIME_S)),
        )

    async def _id(self, visitor: Visitor, resume: str | None) -> str:
        """Return who it is: nobody ever sees what was said by another user, or after signing out.

        A verified user is who they were last; without a last time they stay who they were as
        a stranger, so that a conversation goes on when somebody signs in.
        """
        before = await self._before(visitor, resume)
        if visitor.user_id is not None:
            last = await self._visitors.of_user(visitor.agent_id, visitor.origin, visitor.user_id)
            if last is not None:
                return last.id
        return before or self._ids.new_id()

    async def _before(self, visitor: Visitor, resume: str | None) -> str | None:
        found = None if resume is None else self.signer.read_resume(resume, self._clock.now())
        if found is None or (found.agent_id, found.origin) != (visitor.agent_id, visitor.origin):
            return None
        may_go_on = found.user_id in {None, visitor.user_id} and await self.is_present(
            replace(visitor, id=found.visitor_id)
        )
        return found.visitor_id if may_go_on else None

    async def is_present(self, visitor: Visitor) -> bool:
        """Tell whether the visitor is who wrote under this id, not one from before they signed in.

        Two may begin from what one stranger was given; the first to write as a user is the one.
        """
        noted = await self._visitors.get(visitor.id)
        return noted is None or noted.user_id in {None, visitor.user_id}

    async def admit(self, token: str, headers: Iterable[tuple[bytes, bytes]]) -> Principal:
        """Return the visitor whose token it is.

        Raises:
            NotAuthenticated: It is none of ours, or over; or the agent, its origin or the page
                that sends it are not those it was made for; or somebody has signed in since.
        """
        visitor = self.signer.read_token(token, self._clock.now())
        if visitor is None or self._is_sent_from_elsewhere(visitor, headers):
            raise NotAuthenticated(_OVER)
        principal = self._principal(visitor)
        if not await self.is_present(visitor):
            raise NotAuthenticated(_OVER)
        return principal

    async def principal(self, visitor_id: str) -> Principal | None:
        """Return the visitor as last seen; None where they may do nothing any more."""
        visitor = await self._visitors.get(visitor_id)
        try:
            return None if visitor is None else self._principal(visitor)
        except NotAuthenticated:
            return None

    async def note(self, caller: Principal, address: str) -> None:
        """Remember a visitor who does something that may go on without them."""
        if caller.visitor is not None:
            await self._visitors.note(caller.visitor, self.signer.network(address))

    def grant(self, grant: Grant) -> str:
        """Return what lets a browser fetch a script, for a minute."""
        return self.signer.grant(grant, self._clock.now())

    def granted(self, text: str) -> Grant | None:
        """Return what a text grants now; None if it is none of ours, or over."""
        return self.signer.read_grant(text, self._clock.now())

    def _principal(self, visitor: Visitor) -> Principal:
        for entry in self._agents.current.entries:
            if entry.noun.id == visitor.agent_id and _admits(entry.noun, visitor.origin):
                return visitor_principal(visitor, entry.noun.name)
        raise NotAuthenticated(_OVER)

    def _is_sent_from_elsewhere(
        self, visitor: Visitor, headers: Iterable[tuple[bytes, bytes]]
    ) -> bool:
        """Tell whether a page sends it that is neither ours nor the one it was made for.

        Only pages the operator lets call get this far, and our own, which say nothing foreign.
        """
        return any(
            name == b"origin"
            and (origin := value.decode("latin-1")) != visitor.origin
            and self._site.is_allowed(origin.strip().lower())
            and not self._site.is_ours(origin)
            for name, value in headers
        )


def _admits(agent: Agent, origin: str) -> bool:
    return agent.enabled and origin in agent.allowed_origins
