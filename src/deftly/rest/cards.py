"""``/api/conversations/{id}/cards``: the buttons of cards that a conversation was shown."""

from typing import Final

from starlette.responses import Response

from deftly.agent.opening import Said
from deftly.agent.pressing import Press, call_of_press, read_press, said_by
from deftly.domain.conversation import Conversation
from deftly.domain.run import Run
from deftly.errors import NotFound
from deftly.rest.ask import Ask, Asked, answer
from deftly.rest.body import only, text
from deftly.rest.strangers import model_kept_from
from deftly.store.submissions import Sent
from deftly.values import JsonObject

BODY_LIMIT_BYTES: Final = 64 * 1024


async def submit_card(ask: Asked, conversation_id: str, card_id: str) -> Response:
    """Do what a button of a card is for; of the request, its id and the inputs are believed."""
    ask.backing.visitor_limits.take_message(ask.caller, ask.address)
    conversation = await _own(ask, conversation_id)
    run = await _shown(ask, conversation, card_id)
    given = await ask.body(limit_bytes=BODY_LIMIT_BYTES)
    only(given, "button", "inputs")
    press = _press(run, given)
    done: JsonObject = {"ok": True, "did": press.does}
    match press.does:
        case "save":
            await _save(ask, conversation, run, press)
            return answer(done)
        case _:
            return answer({**done, "runId": await _say(ask, conversation, press)})


def _press(run: Run, given: JsonObject) -> Press:
    if run.card is None:
        raise NotFound(_NO_CARD)
    inputs = given.get("inputs")
    return read_press(run.card, text(given, "button"), {} if inputs is None else inputs)


async def _say(ask: Ask, conversation: Conversation, press: Press) -> str:
    """Begin a turn with a press, and return what it is called."""
    chats = ask.backing.chats
    agent = ask.backing.agents.find(conversation.agent)
    calls = press.does == "action"
    said = Said(
        agent=agent.name,
        thread_id=conversation.thread_id,
        run_id=chats.new_id(),
        text=press.text if calls else said_by(press),
        pressed=call_of_press(press, agent, ask.backing.catalog) if calls else None,
        keeps_going=True,
        browser=True,
    )
    await ask.backing.visiting.note(ask.caller, ask.address)
    with model_kept_from(ask.caller):
        await chats.begin(said, ask.caller)
    return said.run_id


async def _save(ask: Ask, conversation: Conversation, run: Run, press: Press) -> None:
    sent = Sent(
        widget=run.card.widget if run.card else "",
        card_id=run.id,
        conversation_id=conversation.id,
        principal=ask.caller.id,
        data=press.data,
    )
    await ask.backing.submissions.add(sent)


async def _own(ask: Ask, conversation_id: str) -> Conversation:
    """Return the caller's conversation: nobody presses a button in somebody else's name."""
    found = await ask.backing.conversations.get(conversation_id)
    if found.principal != ask.caller.id:
        raise NotFound("There is no such conversation.")
    return found


async def _shown(ask: Ask, conversation: Conversation, card_id: str) -> Run:
    try:
        run = await ask.backing.runs.get(card_id)
    except NotFound:
        raise NotFound(_NO_CARD) from None
    if run.conversation_id != conversation.id:
        raise NotFound(_NO_CARD)
    return run


_NO_CARD: Final = "There is no such card in this conversation; ask the agent to show it again."
