"""The sample shop's API: orders, products, returns, kept in memory."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deftly.demo.stock import PRODUCTS, Order, OrderStatus, Product, orders_on
from deftly.values import JsonObject, JsonValue, NotJsonError, parse_json

RETURN_WINDOW: Final = timedelta(days=30)
_MOST_PRODUCTS: Final = 5


class Refusal(Exception):
    """An answer that is not 2xx."""

    def __init__(self, status: int, code: str, message: str) -> None:
        """Keep what the caller is told."""
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


@dataclass(slots=True)
class Shop:
    """The shop's books.

    Attributes:
        writes: How many requests have changed something, for tests and the curious.
    """

    today: date
    orders: dict[str, Order] = field(default_factory=dict)
    returns: dict[str, JsonObject] = field(default_factory=dict)
    writes: int = 0
    _numbers: "count[int]" = field(default_factory=lambda: count(501))

    def order(self, order_id: str) -> Order:
        """Return an order; case and a leading ``#`` do not matter.

        Raises:
            Refusal: There is none (404).
        """
        known = self.orders.get(order_id.strip().lstrip("#").upper())
        if known is None:
            raise Refusal(404, "order_not_found", f"There is no order {order_id}.")
        return known

    def cancel(self, order_id: str) -> Order:
        """Call an order off.

        Raises:
            Refusal: There is none (404), or it has left the house (409).
        """
        order = self.order(order_id)
        if order.status is OrderStatus.CANCELLED:
            raise Refusal(409, "already_cancelled", f"Order {order.id} was cancelled before.")
        if order.status is not OrderStatus.PROCESSING:
            told = f"Order {order.id} is {order.status} and cannot be cancelled; return it instead."
            raise Refusal(409, f"already_{order.status}", told)
        self.writes += 1
        self.orders[order.id] = order.cancelled()
        return self.orders[order.id]

    def take_back(self, order_id: str, reason: str, product_id: str | None) -> JsonObject:
        """Register a return of an order, or of one product of it.

        Raises:
            Refusal: No such order (404), or it cannot be returned (409).
        """
        order = self.order(order_id)
        self._refuse_unreturnable(order)
        products = [product for product, _ in order.lines]
        if product_id is not None and product_id not in products:
            told = f"Order {order.id} holds {', '.join(products)}, not {product_id}."
            raise Refusal(409, "not_in_order", told)
        self.writes += 1
        items: list[JsonValue] = [product_id] if product_id else list(products)
        return_id = f"R-{next(self._numbers)}"
        self.returns[return_id] = {
            "return_id": return_id,
            "order_id": order.id,
            "status": "label_sent",
            "items": items,
            "reason": reason,
            "label_sent_to": order.email,
        }
        return self.returns[return_id]

    def _refuse_unreturnable(self, order: Order) -> None:
        if order.status is OrderStatus.PROCESSING:
            told = f"Order {order.id} has not been shipped; cancel it instead."
            raise Refusal(409, "not_shipped", told)
        if order.status is OrderStatus.CANCELLED:
            raise Refusal(409, "already_cancelled", f"Order {order.id} was cancelled.")
        if any(known["order_id"] == order.id for known in self.returns.values()):
            raise Refusal(409, "already_returned", f"A return of {order.id} is registered.")
        if order.delivered_on and self.today - order.delivered_on > RETURN_WINDOW:
            raise Refusal(409, "too_late", f"The 30 days for returning {order.id} are over.")


def open_shop(today: date | None = None) -> Shop:
    """Return a shop with its shelves filled."""
    day = today or datetime.now(UTC).date()
    return Shop(today=day, orders=orders_on(day))


def shop_app(shop: Shop) -> Starlette:
    """Return the shop's API as an ASGI application."""

    async def get_order(request: Request) -> Response:
        return JSONResponse(shop.order(request.path_params["order_id"]).wire())

    async def list_orders(request: Request) -> Response:
        email = request.query_params.get("email", "").strip().lower()
        if not email:
            raise Refusal(400, "email_missing", "Say whose orders: ?email=")
        found = [order.wire() for order in shop.orders.values() if order.email == email]
        return JSONResponse({"orders": found, "count": len(found)})

    async def cancel_order(request: Request) -> Response:
        return JSONResponse(shop.cancel(request.path_params["order_id"]).wire())

    async def create_return(request: Request) -> Response:
        body = await _json_object(request)
        order_id = _text(body, "order_id")
        reason = _text(body, "reason") if body.get("reason") else "not given"
        product_id = _text(body, "product_id") if body.get("product_id") else None
        return JSONResponse(shop.take_back(order_id, reason, product_id), status_code=201)

    async def get_return(request: Request) -> Response:
        known = shop.returns.get(request.path_params["return_id"])
        if known is None:
            raise Refusal(404, "return_not_found", "There is no such return.")
        return JSONResponse(known)

    async def health(_: Request) -> Response:
        return JSONResponse({"ok": True, "writes": shop.writes})

    return Starlette(
        routes=[
            Route("/health", health),
            Route("/orders", list_orders),
            Route("/orders/{order_id}", get_order),
            Route("/orders/{order_id}/cancel", cancel_order, methods=["POST"]),
            Route("/products", search_products),
            Route("/products/{product_id}", get_product),
            Route("/returns", create_return, methods=["POST"]),
            Route("/returns/{return_id}", get_return),
        ],
        exception_handlers={Refusal: _refuse, HTTPException: _refuse},
    )


async def get_product(request: Request) -> Response:
    """Answer with one product, by its id or its whole name."""
    wanted = request.path_params["product_id"].strip().lower()
    for product in PRODUCTS.values():
        if wanted in {product.id.lower(), product.name.lower()}:
            return JSONResponse(product.wire())
    raise Refusal(404, "product_not_found", f"There is no product {wanted}.")


async def search_products(request: Request) -> Response:
    """Answer with the products that fit, the cheapest first."""
    words = request.query_params.get("query", "").lower().split()
    most = _price(request.query_params.get("max_price", ""))
    found = sorted(
        (one for one in PRODUCTS.values() if _fits(one, words) and one.price <= most),
        key=lambda one: one.price,
    )
    shown = [one.wire() for one in found[:_MOST_PRODUCTS]]
    return JSONResponse({"products": shown, "count": len(found)})


def _fits(product: Product, words: list[str]) -> bool:
    """Tell whether every word is there; plural and singular are the same."""
    return all(
        word in product.searchable or word.rstrip("s") in product.searchable for word in words
    )


def _price(text: str) -> float:
    if not text:
        return float("inf")
    try:
        return float(text)
    except ValueError:
        raise Refusal(400, "price_unusable", "max_price must be a number.") from None


async def _json_object(request: Request) -> JsonObject:
    try:
        body = parse_json(await request.body())
    except NotJsonError:
        raise Refusal(400, "not_json", "The body must be JSON.") from None
    if not isinstance(body, dict):
        raise Refusal(400, "not_an_object", "The body must be a JSON object.")
    return body


def _text(body: JsonObject, name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value.strip():
        raise Refusal(422, f"{name}_missing", f"{name} is needed, as text.")
    return value


async def _refuse(_: Request, fault: Exception) -> Response:
    match fault:
        case Refusal():
            told = {"error": fault.code, "message": fault.message}
            return JSONResponse(told, status_code=fault.status)
        case HTTPException():
            told = {"error": "no_such_route", "message": fault.detail}
            return JSONResponse(told, status_code=fault.status_code)
        case _:
            raise fault
