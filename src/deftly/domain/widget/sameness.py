"""When two values of the template language are the same."""

from deftly.domain.widget.budget import DEPTH_LIMIT, Budget, UnfitError
from deftly.values import JsonValue


def same(budget: Budget, one: JsonValue, other: JsonValue, depth: int = 0) -> bool:
    """Tell whether two values are equal: of one type, numbers by value, lists and objects deep."""
    budget.step()
    if depth > DEPTH_LIMIT:
        raise UnfitError(f"it compares values nested more than {DEPTH_LIMIT} levels deep.")
    match one, other:
        case (bool(), _) | (_, bool()):
            return one is other
        case (int() | float(), int() | float()):
            return one == other
        case (str(), str()):
            budget.text(min(len(one), len(other)))
            return one == other
        case (list(), list()):
            return len(one) == len(other) and all(
                same(budget, a, b, depth + 1) for a, b in zip(one, other, strict=True)
            )
        case (dict(), dict()):
            return one.keys() == other.keys() and all(
                same(budget, value, other[key], depth + 1) for key, value in one.items()
            )
        case _:
            return one is None and other is None
