"""What a handler is given of a call: as it came, or as it was held and confirmed."""

from deftly.domain.run import Call, Run
from deftly.handlers.handler import Invocation
from deftly.store.confirmations import Claimed


def invocation_of(call: Call, run: Run) -> Invocation:
    """Return what a call's handler is given."""
    return Invocation(
        run_id=run.id,
        arguments=run.arguments,
        user=call.user or {},
        page=call.page or {},
        conversation_id=call.conversation_id,
        principal=run.principal,
    )


def invocation_confirmed(claimed: Claimed) -> Invocation:
    """Return what the handler of a confirmed call is given: what was held, and nothing newer."""
    run, confirmation = claimed.run, claimed.confirmation
    return Invocation(
        run_id=run.id,
        arguments=run.arguments,
        user=confirmation.user,
        page=confirmation.page,
        confirmed=True,
        conversation_id=run.conversation_id,
        principal=run.principal,
    )
