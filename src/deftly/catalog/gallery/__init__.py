"""Samples of widgets to begin with, in the form of files that could lie in ``widgets/``."""

from functools import cache
from importlib.resources import files
from typing import Final

from deftly.store.yaml.read import read_object
from deftly.values import JsonObject

NAMES: Final = (
    "order_card",
    "product_carousel",
    "return_form",
    "booking_picker",
    "table",
    "confirmation",
    "contact_form",
)


@cache
def gallery() -> tuple[JsonObject, ...]:
    """Return the samples, each what creating a widget takes; the first time it blocks."""
    folder = files(__name__)
    return tuple(read_object((folder / f"{name}.yaml").read_bytes()) for name in NAMES)
