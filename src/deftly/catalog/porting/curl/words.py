"""The words of a command, and the shell's variables among them."""

from dataclasses import dataclass, field
from typing import NoReturn

from deftly.domain.naming import RESERVED_PARAMETERS
from deftly.errors import InvalidRequest


@dataclass(slots=True)
class Words:
    """The words of one command.

    A variable of the shell stands in them as a placeholder.

    Attributes:
        variables: Names of the shell's variables by the names of their placeholders.
        left_out: What followed the command, such as a pipe.
    """

    words: list[str] = field(default_factory=list)
    variables: dict[str, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def placeholder(self, variable: str) -> str:
        """Return the placeholder that stands for a variable."""
        name = variable.lower().lstrip("_") or "value"
        if name in RESERVED_PARAMETERS:
            name = f"{name}_value"
        self.variables[name] = variable
        return f"{{{{{name}}}}}"

    def leave_out(self, rest: str) -> None:
        """Note the first line of what follows the command."""
        if rest.strip():
            self.left_out.append(rest.strip().splitlines()[0][:60])


def refuse(sentence: str) -> NoReturn:
    """Refuse the command.

    Raises:
        InvalidRequest: Always.
    """
    raise InvalidRequest(f"curl: {sentence}")
