"""Definitions that somebody edits by hand while a server runs, and what the API then says."""

from pathlib import Path
from typing import Any

import yaml

from tests.world import Api, make_action, until

ACTIONS = "/api/custom-actions"
LIVE_S = 1.0
"""How soon an edit by hand is live; measured by tests marked speed, where nothing else runs."""
PATIENCE_S = 10.0
"""How long a test of what comes, not of when, waits on a busy machine."""


def written(name: str = "get_order", **fields: Any) -> str:
    """Return a definition as somebody would write it."""
    return yaml.safe_dump(make_action(**{"name": name, **fields}), sort_keys=False)


def put(folder: Path, file: str, text: str) -> Path:
    path = folder / "actions" / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return path


async def tools_of(api: Api) -> dict[str, dict[str, Any]]:
    """Return the actions by name, as the API shows them."""
    answer = await api.get(ACTIONS)
    return {action["name"]: action for action in answer.json()["actions"]}


async def warnings_of(api: Api) -> dict[str, dict[str, Any]]:
    """Return the complaints of the readiness check, by file."""
    answer = await api.get("/health/ready")
    assert answer.status_code == 200
    return {one["file"]: one for one in answer.json()["warnings"]}


async def live(api: Api, *names: str, within_s: float = PATIENCE_S) -> dict[str, dict[str, Any]]:
    """Wait until exactly these actions are there."""

    async def there() -> bool:
        return set(await tools_of(api)) == set(names)

    await until(there, within_s)
    return await tools_of(api)


async def complained(api: Api, *files: str) -> dict[str, dict[str, Any]]:
    """Wait until exactly these files are complained about."""

    async def told() -> bool:
        return set(await warnings_of(api)) == set(files)

    await until(told, PATIENCE_S)
    return await warnings_of(api)


async def described(
    api: Api, name: str, description: str, within_s: float = PATIENCE_S
) -> dict[str, Any]:
    """Wait until an action says this of itself."""

    async def says() -> bool:
        found = (await tools_of(api)).get(name)
        return found is not None and found["description"] == description

    await until(says, within_s)
    return (await tools_of(api))[name]
