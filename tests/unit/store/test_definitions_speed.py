import time

import pytest

from deftly.store.definition_file import DefinitionFile
from deftly.store.definitions import DefinitionFiles

THIRTY_LINES = """\
# What support asks most often
id: 5b0e2b7e-0000-4000-8000-{number:012}
name: ACTION_{number}
description: Look up an order. Use for "where is my order?", "has it shipped?"
similes: [TRACK_ORDER_{number}]
parameters:                     # or inputSchema
  - {{name: order_id, type: string, description: The order number, required: true}}
  - name: depth
    type: integer
    description: How far to look
    required: false
handler:
  type: http
  method: POST
  url: https://api.example.com/orders/{{{{order_id}}}}
  headers: {{Authorization: "Bearer {{{{secrets.SHOP_KEY}}}}"}}
  body:
    depth: "{{{{depth}}}}"
    tags: [a, b, c]
executionMode: auto             # default: confirm
widget: order_card
examples: [{{question: Where is my order A-1042?, params: {{order_id: A-1042}}}}]
limits: {{callsPerMinute: 60}}
enabled: true
x-note: |
  Two lines
  of text
version: 3
createdAt: 2026-01-01T12:00:00.000Z
updatedAt: 2026-01-01T12:00:00.000Z
"""


@pytest.mark.speed
def test_a_thousand_definitions_are_read_within_a_second(tmp_path):
    for number in range(1000):
        (tmp_path / f"action_{number}.yaml").write_text(THIRTY_LINES.format(number=number))
    files = DefinitionFiles(tmp_path)
    began_s = time.thread_time()  # others may use the processors meanwhile
    stamps = files.scan()
    assert isinstance(stamps, dict)
    found = [files.read(name) for name in stamps]
    took_s = time.thread_time() - began_s
    assert len(found) == 1000
    assert all(isinstance(file, DefinitionFile) for file in found)
    assert took_s < 1.0
