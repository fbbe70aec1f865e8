"""A Deftly folder to measure: one action that is called, and others that are only there."""

import json
import subprocess
import sys
from pathlib import Path

TOOL = "get_order_status"

_ACTION = """\
name: {name}
description: Look up order number {number}.
parameters:
  - {{name: order_id, type: string, description: The order number, required: true}}
handler:
  type: http
  url: http://127.0.0.1:{upstream}/orders/{{{{order_id}}}}
executionMode: auto
createdAt: 2026-01-01T12:00:00.000Z
"""


def make_workspace(folder: Path, upstream: int, *, actions: int) -> str:
    """Write the folder and return an API key that may run its actions."""
    (folder / "actions").mkdir(parents=True)
    (folder / "deftly.yaml").write_text(f'egress_allow: ["127.0.0.1:{upstream}"]\n')
    for number in range(actions):
        tool = TOOL if number == 0 else f"look_up_order_{number}"
        text = _ACTION.format(name=tool.upper(), number=number, upstream=upstream)
        (folder / "actions" / f"{tool}.yaml").write_text(text)
    command = [
        sys.executable, "-m", "deftly", "keys", "create",
        "--dir", str(folder), "--name", "bench", "--scope", "run", "--json",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    key: str = json.loads(done.stdout)["secret"]
    return key
