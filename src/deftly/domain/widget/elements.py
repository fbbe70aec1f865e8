"""What a card may be made of: every element and action type, and every property each has.

After the published schema of Adaptive Cards 1.5. What is not in here does not reach a browser.
``Media`` is left out (nothing plays in a chat), ``Action.Execute`` is for other hosts.
"""

from collections.abc import Mapping
from typing import Final

from deftly.domain.widget.properties import (
    Check,
    Kind,
    Nested,
    color,
    either,
    flag,
    href,
    image,
    language,
    name,
    number,
    one_of,
    pixels,
    text,
)
from deftly.domain.widget.traits import (
    AREA,
    BUTTON,
    CELLS,
    COMMON,
    FONT,
    INPUT,
    SUBMIT,
    actions,
    align,
    backdrop,
    elements,
    only,
    picture_size,
    style,
    tap,
    vertical,
)

ROOT: Final = "AdaptiveCard"


def _input(**more: Check | Nested) -> Kind:
    return Kind({**INPUT, **more}, ("id",))


KINDS: Final[Mapping[str, Kind]] = {
    ROOT: Kind(
        {
            "body": elements,
            "actions": actions,
            "selectAction": tap,
            "fallbackText": text,
            "backgroundImage": backdrop,
            "minHeight": pixels,
            "rtl": flag,
            "speak": text,
            "lang": language,
            "verticalContentAlignment": vertical,
        }
    ),
    "TextBlock": Kind(
        {
            **COMMON,
            **FONT,
            "horizontalAlignment": align,
            "maxLines": number,
            "wrap": flag,
            "style": one_of("default", "heading", "columnHeader"),
        },
        ("text",),
    ),
    "RichTextBlock": Kind(
        {
            **COMMON,
            "horizontalAlignment": align,
            "inlines": Nested(frozenset({"TextRun"}), "TextRun", strings=True),
        }
    ),
    "TextRun": Kind(
        {
            **FONT,
            "highlight": flag,
            "italic": flag,
            "selectAction": tap,
            "strikethrough": flag,
            "underline": flag,
        },
        ("text",),
    ),
    "Image": Kind(
        {
            **COMMON,
            "url": image,
            "altText": text,
            "backgroundColor": color,
            "height": either(pixels, one_of("auto", "stretch")),
            "width": pixels,
            "horizontalAlignment": align,
            "selectAction": tap,
            "size": picture_size,
            "style": one_of("default", "person"),
        },
        ("url",),
    ),
    "ImageSet": Kind({**COMMON, "images": only("Image"), "imageSize": picture_size}),
    "BackgroundImage": Kind(
        {
            "url": image,
            "fillMode": one_of("cover", "repeatHorizontally", "repeatVertically", "repeat"),
            "horizontalAlignment": align,
            "verticalAlignment": vertical,
        },
        ("url",),
    ),
    "Container": Kind(AREA),
    "ColumnSet": Kind(
        {
            **COMMON,
            "columns": only("Column"),
            "style": style,
            "bleed": flag,
            "minHeight": pixels,
            "horizontalAlignment": align,
            "selectAction": tap,
        }
    ),
    "Column": Kind({**AREA, "width": either(pixels, number, one_of("auto", "stretch"))}),
    "FactSet": Kind({**COMMON, "facts": only("Fact")}),
    "Fact": Kind({"title": text, "value": text}),
    "ActionSet": Kind({**COMMON, "actions": actions}),
    "Table": Kind(
        {
            **COMMON,
            "columns": only("TableColumnDefinition"),
            "rows": only("TableRow"),
            "firstRowAsHeader": flag,
            "firstRowAsHeaders": flag,
            "showGridLines": flag,
            "gridStyle": style,
            "horizontalCellContentAlignment": align,
            "verticalCellContentAlignment": vertical,
        }
    ),
    "TableColumnDefinition": Kind(
        {
            "width": either(pixels, number),
            "horizontalCellContentAlignment": align,
            "verticalCellContentAlignment": vertical,
        }
    ),
    "TableRow": Kind({**CELLS, "cells": only("TableCell")}),
    "TableCell": Kind(AREA),
    "Input.Text": _input(
        isMultiline=flag,
        maxLength=number,
        regex=text,
        style=one_of("text", "tel", "url", "email", "password"),
        inlineAction=tap,
    ),
    "Input.Number": _input(value=number, min=number, max=number),
    "Input.Date": _input(min=text, max=text),
    "Input.Time": _input(min=text, max=text),
    "Input.Toggle": _input(title=text, valueOn=text, valueOff=text, wrap=flag),
    "Input.ChoiceSet": _input(
        choices=only("Input.Choice"),
        isMultiSelect=flag,
        style=one_of("compact", "expanded", "filtered"),
        wrap=flag,
    ),
    "Input.Choice": Kind({"title": text, "value": text}, ("title", "value")),
    "Action.OpenUrl": Kind({**BUTTON, "url": href}, ("url",)),
    # Its ``data`` is read apart: buttons.py.
    SUBMIT: Kind({**BUTTON, "associatedInputs": one_of("auto", "none")}),
    "Action.ShowCard": Kind(
        {**BUTTON, "card": Nested(frozenset({ROOT}), ROOT, many=False)}, ("card",)
    ),
    "Action.ToggleVisibility": Kind(
        {
            **BUTTON,
            "targetElements": Nested(frozenset({"TargetElement"}), "TargetElement", strings=True),
        },
        ("targetElements",),
    ),
    "TargetElement": Kind({"elementId": name, "isVisible": flag}, ("elementId",)),
}
