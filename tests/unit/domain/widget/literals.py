"""The functions as tests call them: with literals, whose types no checker takes for JSON."""

from typing import Any

from deftly.domain import widget
from deftly.domain.widget import definition

compile_template: Any = widget.compile_template
checked: Any = widget.checked
check_card: Any = widget.check_card
buttons_of: Any = widget.buttons_of
inputs_of: Any = widget.inputs_of
spoken: Any = widget.spoken
merge_data: Any = widget.merge_data
parse_widget: Any = definition.parse_widget
authored_widget: Any = definition.authored_widget
edited_widget: Any = definition.edited_widget
stamped_widget: Any = definition.stamped_widget
