"""A fuzzer against the running server finds no fault of ours and nothing undocumented."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.live import running_server

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "response_headers_conformance",
)


ACTION = """
id: 5b0e6f0a-7f64-4c1c-9c55-0d8c6a4f3e10
name: GET_ORDER
description: Look up an order.
parameters: [{name: order_id, required: true}]
handler: {type: http, url: "https://api.example.com/orders/{{order_id}}"}
"""
PARAMETERS = """
[parameters]
"path.action_id" = "5b0e6f0a-7f64-4c1c-9c55-0d8c6a4f3e10"
"path.tool" = "get_order"
"path.version" = "1"
"""


def write_action(folder: Path) -> None:
    (folder / "actions").mkdir()
    (folder / "actions/get_order.yaml").write_text(ACTION)


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_a_fuzzer_finds_no_server_error_and_nothing_undocumented(folder: Path, tmp_path: Path):
    tool = Path(sys.executable).with_name("schemathesis")
    write_action(folder)
    (tmp_path / "schemathesis.toml").write_text(PARAMETERS)
    with running_server(folder, no_auth=True) as server:
        report = subprocess.run(
            [
                tool, "run", f"{server.url}/openapi.json",
                "--checks", ",".join(CHECKS),
                "--phases", "examples,coverage,fuzzing",
                "--max-examples", "5",
                "--seed", "7",
                "--exclude-path", "/api/events",  # never ends
                "--exclude-operation-id", "delete_action",  # the others need the action
                "--exclude-operation-id", "generate_action",  # 503 without a model
                "--exclude-operation-id", "generate_widget",  # the same
                "--generation-database", "none",
                "--no-color",
            ],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )  # fmt: skip

    assert report.returncode == 0, report.stdout[:12000] + report.stderr[-2000:]
