"""A call that asks, ready to be answered."""

import pytest

TOOL = "make_return"
ORDER = {"order_id": "A-1042"}


@pytest.fixture
async def action(api, upstream):
    return await api.create(
        name=TOOL,
        url=upstream.url("/returns/{{order_id}}"),
        method="POST",
        executionMode="confirm",
    )


@pytest.fixture
async def held(api, action):
    return await api.hold(TOOL, ORDER)
