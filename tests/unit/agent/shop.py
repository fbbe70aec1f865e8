"""The sample shop's six actions, as the local model sees them."""

from deftly.agent.models.toolcard import ToolCard
from deftly.values import JsonObject

_ORDER: JsonObject = {"type": "string", "description": "The order number, such as A-1042"}


def schema(required: list[str], **properties: JsonObject) -> JsonObject:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(required),
        "additionalProperties": False,
    }


STATUS = ToolCard(
    "get_order_status",
    "Look up an order: where it is, whether it has shipped, when it arrives.",
    schema(["order_id"], order_id=_ORDER),
    similes=("track_order",),
    questions=("Where is my order A-1042?",),
)
SEARCH = ToolCard(
    "search_products",
    "Search the shop's products by words and price.",
    schema(
        ["query"],
        query={"type": "string", "description": "What to look for"},
        max_price={"type": "number", "description": "The highest price in dollars"},
    ),
    questions=("Do you have running shoes under 100 dollars?",),
)
PRODUCT = ToolCard(
    "get_product",
    "Show one product: price, sizes, stock.",
    schema(
        ["product_id"],
        product_id={"type": "string", "description": "The product number, such as P-100"},
    ),
)
ORDERS = ToolCard(
    "list_orders",
    "List the orders of a customer.",
    schema(
        ["email"],
        email={
            "type": "string",
            "format": "email",
            "description": "The customer's email address",
        },
    ),
)
RETURN = ToolCard(
    "create_return",
    "Start a return for an order, for a refund or an exchange.",
    schema(
        ["order_id", "reason"],
        order_id=_ORDER,
        reason={"type": "string", "description": "Why it is returned"},
        item={"type": "string", "description": "The one item that is returned, if not all"},
    ),
)
CANCEL = ToolCard(
    "cancel_order",
    "Cancel an order that has not shipped yet.",
    schema(["order_id"], order_id=_ORDER),
)
SHOP = (STATUS, SEARCH, PRODUCT, ORDERS, RETURN, CANCEL)
