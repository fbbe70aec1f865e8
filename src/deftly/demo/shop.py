"""The sample shop's books: orders and returns, kept in memory."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Final

from deftly.demo.stock import PRODUCTS, Order, OrderStatus, orders_on
from deftly.values import JsonObject, JsonValue

RETURN_WINDOW: Final = timedelta(days=30)
_MOST_OF_ONE: Final = 99


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
    _orders_taken: "count[int]" = field(default_factory=lambda: count(1045))
    _returns_made: "count[int]" = field(default_factory=lambda: count(501))

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

    def sell(self, email: str, wanted: Mapping[str, int]) -> Order:
        """Take an order; a sample shop asks for no money.

        Raises:
            Refusal: Nothing is wanted (422), there is no such product (404) or too few (409).
        """
        if not wanted:
            raise Refusal(422, "items_missing", "An order needs at least one product.")
        for product_id, quantity in wanted.items():
            _refuse_unsellable(product_id, quantity)
        self.writes += 1
        lines = tuple(wanted.items())
        order_id = f"A-{next(self._orders_taken)}"
        order = Order(order_id, email.strip().lower(), OrderStatus.PROCESSING, self.today, lines)
        self.orders[order.id] = order
        return order

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
        return_id = f"R-{next(self._returns_made)}"
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


def _refuse_unsellable(product_id: str, quantity: int) -> None:
    product = PRODUCTS.get(product_id)
    if product is None:
        raise Refusal(404, "product_not_found", f"There is no product {product_id}.")
    if not 1 <= quantity <= _MOST_OF_ONE:
        told = f"How many of {product.name}? From 1 to {_MOST_OF_ONE}."
        raise Refusal(422, "quantity_unusable", told)
    if quantity > product.in_stock:
        left = f"only {product.in_stock} left" if product.in_stock else "sold out"
        raise Refusal(409, "not_in_stock", f"{product.name}: {left}.")


def open_shop(today: date | None = None) -> Shop:
    """Return a shop with its shelves filled."""
    day = today or datetime.now(UTC).date()
    return Shop(today=day, orders=orders_on(day))
