"""Puts the parts together that conversations over HTTP need."""

from typing import TYPE_CHECKING

from deftly.agent.chats import Chats
from deftly.agent.following import Followers
from deftly.agent.running import ChatParts
from deftly.domain.access import LOCAL_OWNER, Principal, user_principal
from deftly.errors import NotFound

if TYPE_CHECKING:
    from deftly.agent.models.configured import Models
    from deftly.app.stores import Stores
    from deftly.catalog.agents import Agents
    from deftly.catalog.catalog import Catalog
    from deftly.engine.engine import Engine
    from deftly.rest.visiting import Visiting
    from deftly.store.keys import Keys
    from deftly.store.users import Users
    from deftly.values import IdSource


def chats_of(  # noqa: PLR0913 - conversations stand on all of this
    stores: "Stores",
    *,
    engine: "Engine",
    catalog: "Catalog",
    agents: "Agents",
    models: "Models",
    visiting: "Visiting",
    ids: "IdSource",
) -> Chats:
    """Return the conversations of this process."""
    return Chats(
        ChatParts(
            engine=engine,
            catalog=catalog,
            agents=agents,
            models=models,
            confirmations=stores.confirmations,
            conversations=stores.conversations,
            transcripts=stores.transcripts,
            followers=Followers(stores.transcripts, stores.client_calls, stores.changes),
            changes=stores.changes,
            principal=PresentPrincipals(stores.keys, stores.users, visiting),
            ids=ids,
        )
    )


class PresentPrincipals:
    """Who has an id now: what goes on without its caller goes on with today's scopes."""

    def __init__(self, keys: "Keys", users: "Users", visiting: "Visiting") -> None:
        """Look among these keys, these users and these visitors."""
        self._keys = keys
        self._users = users
        self._visiting = visiting

    async def __call__(self, principal_id: str) -> Principal | None:
        """Return the principal, or None where it may do nothing any more."""
        kind, _, name = principal_id.partition(":")
        match kind:
            case "key":
                return await self._key(name)
            case "user":
                return await self._user(name)
            case "visitor":
                return await self._visiting.principal(name)
            case _:
                return LOCAL_OWNER if principal_id == LOCAL_OWNER.id else None

    async def _key(self, key_id: str) -> Principal | None:
        for key in await self._keys.list():
            if key.id == key_id:
                return Principal(f"key:{key.id}", key.name, frozenset(key.scopes))
        return None

    async def _user(self, user_id: str) -> Principal | None:
        try:
            user = (await self._users.get(user_id)).user
        except NotFound:
            return None
        return None if user.disabled else user_principal(user.id, user.name, user.role)
