"""Widgets: a template in the Adaptive Cards Template language, and the cards made of it.

A template is compiled when its widget is saved (``compile_template``), expanded with data on the
server, and what comes out is checked against a table of all a card may be made of
(``check_card``) before a browser gets it.
"""

from deftly.domain.widget.buttons import Button, Does
from deftly.domain.widget.card import (
    CheckedCard,
    buttons_of,
    check_card,
    checked,
    inputs_of,
    spoken,
)
from deftly.domain.widget.data import merge_data
from deftly.domain.widget.expanding import CompiledTemplate, Filled, compile_template
from deftly.domain.widget.inputs import InputKind, Takes
from deftly.domain.widget.widget import Widget

__all__ = [
    "Button",
    "CheckedCard",
    "CompiledTemplate",
    "Does",
    "Filled",
    "InputKind",
    "Takes",
    "Widget",
    "buttons_of",
    "check_card",
    "checked",
    "compile_template",
    "inputs_of",
    "merge_data",
    "spoken",
]
