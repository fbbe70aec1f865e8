"""What the elements of a card have in common, and what may be inside of what."""

from collections.abc import Mapping
from typing import Final

from deftly.domain.widget.properties import (
    Nested,
    Property,
    flag,
    image,
    name,
    one_of,
    pixels,
    text,
)

SUBMIT: Final = "Action.Submit"

INPUTS: Final = frozenset(
    f"Input.{kind}" for kind in ("Text", "Number", "Date", "Time", "Toggle", "ChoiceSet")
)
BLOCKS: Final = INPUTS | {
    "TextBlock", "RichTextBlock", "Image", "ImageSet", "Container", "ColumnSet",
    "FactSet", "ActionSet", "Table",
}  # fmt: skip
TAPS: Final = frozenset({"Action.OpenUrl", SUBMIT, "Action.ToggleVisibility"})
ACTIONS: Final = TAPS | {"Action.ShowCard"}

align: Final = one_of("left", "center", "right")
vertical: Final = one_of("top", "center", "bottom")
style: Final = one_of("default", "emphasis", "good", "attention", "warning", "accent")
picture_size: Final = one_of("auto", "stretch", "small", "medium", "large")
tap: Final = Nested(TAPS, many=False)
backdrop: Final = Nested(
    frozenset({"BackgroundImage"}), "BackgroundImage", many=False, strings=True
)
elements: Final = Nested(BLOCKS)
actions: Final = Nested(ACTIONS)


def only(kind: str) -> Nested:
    """Return a list of elements of one type, which need not be written."""
    return Nested(frozenset({kind}), kind)


COMMON: Final[Mapping[str, Property]] = {
    "id": name,
    "isVisible": flag,
    "separator": flag,
    "spacing": one_of("default", "none", "small", "medium", "large", "extraLarge", "padding"),
    "height": one_of("auto", "stretch"),
}
FONT: Final[Mapping[str, Property]] = {
    "text": text,
    "color": one_of("default", "dark", "light", "accent", "good", "warning", "attention"),
    "fontType": one_of("default", "monospace"),
    "isSubtle": flag,
    "size": one_of("default", "small", "medium", "large", "extraLarge"),
    "weight": one_of("default", "lighter", "bolder"),
}
AREA: Final[Mapping[str, Property]] = {
    **COMMON,
    "items": elements,
    "style": style,
    "verticalContentAlignment": vertical,
    "bleed": flag,
    "minHeight": pixels,
    "backgroundImage": backdrop,
    "selectAction": tap,
    "rtl": flag,
}
INPUT: Final[Mapping[str, Property]] = {
    **COMMON,
    "label": text,
    "isRequired": flag,
    "errorMessage": text,
    "value": text,
    "placeholder": text,
}
BUTTON: Final[Mapping[str, Property]] = {
    "id": name,
    "title": text,
    "iconUrl": image,
    "style": one_of("default", "positive", "destructive"),
    "tooltip": text,
    "isEnabled": flag,
    "mode": one_of("primary", "secondary"),
}
CELLS: Final[Mapping[str, Property]] = {
    "style": style,
    "horizontalCellContentAlignment": align,
    "verticalCellContentAlignment": vertical,
}
