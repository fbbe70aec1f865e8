"""Puts the parts together that conversations over HTTP need."""

from typing import TYPE_CHECKING, Final

from deftly.agent.chats import Chats
from deftly.agent.following import Followers
from deftly.agent.running import ChatParts
from deftly.domain.access import LOCAL_OWNER, Principal

if TYPE_CHECKING:
    from deftly.agent.models.configured import Models
    from deftly.app.building import Stores
    from deftly.catalog.agents import Agents
    from deftly.catalog.catalog import Catalog
    from deftly.engine.engine import Engine
    from deftly.store.keys import Keys
    from deftly.values import IdSource

_KEY: Final = "key:"


def chats_of(
    stores: "Stores",
    *,
    engine: "Engine",
    catalog: "Catalog",
    agents: "Agents",
    models: "Models",
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
            followers=Followers(stores.transcripts, stores.changes),
            changes=stores.changes,
            principal=PresentPrincipals(stores.keys),
            ids=ids,
        )
    )


class PresentPrincipals:
    """Who has an id now: what goes on without its caller goes on with today's scopes."""

    def __init__(self, keys: "Keys") -> None:
        """Look among these keys."""
        self._keys = keys

    async def __call__(self, principal_id: str) -> Principal | None:
        """Return the principal, or None where it may do nothing any more."""
        if principal_id == LOCAL_OWNER.id:
            return LOCAL_OWNER
        for key in await self._keys.list():
            if f"{_KEY}{key.id}" == principal_id:
                return Principal(principal_id, key.name, frozenset(key.scopes))
        return None
