"""One spelling for equal numbers: ``1.0`` and ``1`` are the same argument, and go on as ``1``."""

from typing import Final

from deftly.values import JsonValue

# Up to here every whole double is exactly that integer, and every reader of JSON keeps it.
_EXACT_MAX: Final = 2**53


def plain(value: JsonValue) -> JsonValue:
    """Return the value with every whole number written without a fraction.

    Models give ``1.0`` where an integer is wanted, JSON Schema takes it for one, and many a
    server does not. Equal calls get equal digests, too.
    """
    match value:
        case float() if value.is_integer() and abs(value) <= _EXACT_MAX:
            return int(value)
        case dict():
            return {name: plain(member) for name, member in value.items()}
        case list():
            return [plain(element) for element in value]
        case _:
            return value
