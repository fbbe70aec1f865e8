"""What is said and done in a conversation, printed as it happens."""

from typing import TYPE_CHECKING, Final

from deftly.agent.events import TextDelta, ToolAnswered, ToolCalled
from deftly.cli import terminal
from deftly.cli.wrapping import Column
from deftly.values import JsonValue, NotJsonError, dump_json

if TYPE_CHECKING:
    from deftly.agent.events import AgentEvent

_MARGIN: Final = 8
_SHOWN: Final = 600


class Transcript:
    """Prints one event after the other, in two columns."""

    def __init__(self) -> None:
        """Begin at the start of a line."""
        self._column: Column | None = None

    @property
    def in_words(self) -> bool:
        """Whether a line of the agent's words is under way."""
        return self._column is not None

    def show(self, event: "AgentEvent") -> None:
        """Print words as they come, a call and its result on a line each."""
        match event:
            case TextDelta(text=text):
                if self._column is None:
                    terminal.say_parts(("deftly".ljust(_MARGIN), "bold green"), end="")
                    self._column = Column(_MARGIN, terminal.columns())
                terminal.say_piece(self._column.set(text))
            case ToolCalled(tool=tool, arguments=arguments):
                self.end_words()
                _line("call", "cyan", f"{tool}({_spelled(arguments)})")
            case ToolAnswered(told=told, failed=failed, card=card):
                self.end_words()
                _line("failed" if failed else "result", "red" if failed else "dim", _result(told))
                if card is not None:
                    _line("card", "magenta", " · ".join(card.spoken.splitlines()))
            case _:
                pass

    def end_words(self) -> None:
        """Finish the line of the agent's words."""
        if self._column is not None and not self._column.at_line_start:
            terminal.say()
        self._column = None


def show_question(text: str) -> None:
    """Print what a person said, where they did not type it here."""
    _line("you", "bold", text)


def _line(label: str, style: str, text: str) -> None:
    dim = "dim" if style == "dim" else ""
    terminal.say_labelled(label, text, margin=_MARGIN, label_style=style, style=dim)


def _spelled(arguments: JsonValue) -> str:
    if not isinstance(arguments, dict):
        return _compact(arguments)
    return ", ".join(f"{name}={_compact(value)}" for name, value in arguments.items())


def _result(told: JsonValue) -> str:
    match told:
        case {"http_status": int(status), "data": data}:
            text = f"{status} {_compact(data)}"
        case str():
            text = told
        case _:
            text = _compact(told)
    more = len(text) - _SHOWN
    return text if more <= 0 else f"{text[:_SHOWN]} … ({more} more characters)"


def _compact(value: JsonValue) -> str:
    try:
        return dump_json(value).decode()
    except NotJsonError:
        return repr(value)
