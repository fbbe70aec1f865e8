"""From a template and data to a card: the Adaptive Cards Template language, without eval."""

from dataclasses import dataclass
from typing import Final

from deftly.domain.widget.budget import UnfitError
from deftly.domain.widget.compiling import TOKENS_LIMIT, Compiling, TooLongError
from deftly.domain.widget.filling import Filling, PlacedUnfitError
from deftly.domain.widget.parts import Part
from deftly.domain.widget.scope import Scope
from deftly.errors import InvalidDefinition, Problem, WidgetDoesNotFit
from deftly.values import JsonObject, NotJsonError, dump_json

TEMPLATE_LIMIT_BYTES: Final = 256 * 1024


@dataclass(frozen=True, slots=True)
class Filled:
    """A template filled with data.

    Attributes:
        missing: The expressions that stay as written, for want of a value, each once.
        found: How many texts with expressions have all their values.
    """

    card: JsonObject
    missing: tuple[str, ...]
    found: int


@dataclass(frozen=True, slots=True)
class CompiledTemplate:
    """A template that is known to be one."""

    _whole: Part
    _path: str

    def expand(self, data: JsonObject) -> JsonObject:
        """Return the card; an expression whose value is missing stays as written.

        Raises:
            WidgetDoesNotFit: An expression does not work out, or the card gets too large. The
                message names the place in the template.
        """
        return self.fill(data).card

    def fill(self, data: JsonObject) -> Filled:
        """Return the same with what was missing.

        Raises:
            WidgetDoesNotFit: As ``expand``.
        """
        filling = Filling()
        try:
            made = filling.fill(self._whole, Scope(data, data, filling.budget))
        except PlacedUnfitError as fault:
            raise _unfit(fault.path, str(fault)) from None
        except UnfitError as fault:
            raise _unfit(self._path, str(fault)) from None
        if len(made) != 1 or not isinstance(made[0], dict):
            raise _unfit(self._path, f"it makes {len(made)} cards; $data and $when must leave one.")
        return Filled(made[0], tuple(dict.fromkeys(filling.missing)), filling.found)


def _unfit(path: str, sentence: str) -> WidgetDoesNotFit:
    message = f"{path}: {sentence}"
    return WidgetDoesNotFit(
        f"The card cannot be drawn: {message}", details=[Problem(path, message)]
    )


def compile_template(template: JsonObject, *, path: str = "template") -> CompiledTemplate:
    """Return the compiled template.

    Raises:
        InvalidDefinition: Lists what can never work, each with its path and what to do.
    """
    try:
        size = len(dump_json(template))
    except NotJsonError as fault:
        raise _refused([Problem(path, f"{path} is no JSON: {fault}.")]) from None
    if size > TEMPLATE_LIMIT_BYTES:
        message = f"{path} has {size} bytes; {TEMPLATE_LIMIT_BYTES} are the limit."
        raise _refused([Problem(path, message)])
    compiling = Compiling()
    try:
        whole = compiling.part(template, path)
    except TooLongError:
        message = f"{path} has expressions of more than {TOKENS_LIMIT} parts; shorten them."
        raise _refused([Problem(path, message)]) from None
    if compiling.problems:
        raise _refused(compiling.problems)
    return CompiledTemplate(whole, path)


def _refused(problems: list[Problem]) -> InvalidDefinition:
    more = len(problems) - 1
    headline = problems[0].message + (f" ({more} more in details)" if more else "")
    return InvalidDefinition(headline, details=problems)
