"""What the sample shop sells and has sold: products and orders, made anew for each start."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from deftly.values import JsonObject, JsonValue


class OrderStatus(StrEnum):
    """Where an order stands."""

    PROCESSING = "processing"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Product:
    """Something to buy.

    Attributes:
        words: What people call it besides its name, for the search.
    """

    id: str
    name: str
    category: str
    price: float
    in_stock: int
    description: str
    words: str = ""

    def wire(self) -> JsonObject:
        """Return the JSON the shop answers with."""
        return {
            "id": self.id,
            "name": self.name,
            "category": self.category,
            "price": self.price,
            "currency": "EUR",
            "in_stock": self.in_stock,
            "description": self.description,
        }

    @property
    def searchable(self) -> str:
        """All its words in lower case."""
        return f"{self.name} {self.category} {self.description} {self.words}".lower()


@dataclass(frozen=True, slots=True)
class Order:
    """Something bought.

    Attributes:
        lines: Product ids and how many of each.
    """

    id: str
    email: str
    status: OrderStatus
    placed_on: date
    lines: tuple[tuple[str, int], ...]
    carrier: str | None = None
    tracking: str | None = None
    eta: date | None = None
    delivered_on: date | None = None

    def wire(self) -> JsonObject:
        """Return the JSON the shop answers with; what an order has not got yet is left out."""
        items: list[JsonValue] = [
            {"product_id": product, "name": PRODUCTS[product].name, "quantity": quantity}
            for product, quantity in self.lines
        ]
        told: JsonObject = {
            "order_id": self.id,
            "status": self.status.value,
            "carrier": self.carrier,
            "tracking": self.tracking,
            "eta": self.eta.isoformat() if self.eta else None,
            "delivered_on": self.delivered_on.isoformat() if self.delivered_on else None,
            "placed_on": self.placed_on.isoformat(),
            "email": self.email,
            "items": items,
            "total": round(sum(PRODUCTS[one].price * count for one, count in self.lines), 2),
            "currency": "EUR",
        }
        return {key: value for key, value in told.items() if value is not None}

    def cancelled(self) -> "Order":
        """Return the order as it is once it is called off."""
        return replace(self, status=OrderStatus.CANCELLED)


PRODUCTS: Final = {
    product.id: product
    for product in (
        Product("P-101", "Trail Runner 2", "shoes", 89.90, 14, "Light running shoe.", "sneaker"),
        Product("P-102", "City Walker", "shoes", 64.50, 3, "Leather shoe for the office."),
        Product("P-103", "Alpine Boot", "shoes", 149.00, 6, "Waterproof hiking boot.", "trekking"),
        Product("P-104", "Studio Headphones", "audio", 119.00, 9, "Closed, over-ear, wired."),
        Product("P-105", "Pocket Buds", "audio", 39.95, 40, "Wireless earphones.", "headphones"),
        Product("P-106", "Kitchen Radio", "audio", 54.00, 0, "Small radio with DAB+."),
        Product("P-107", "Rain Jacket", "clothing", 79.00, 11, "Waterproof, packs small.", "coat"),
        Product("P-108", "Merino Sweater", "clothing", 69.00, 8, "Fine wool.", "pullover jumper"),
        Product("P-109", "Cotton T-Shirt", "clothing", 19.90, 120, "Organic cotton.", "tee shirt"),
        Product("P-110", "Day Pack 22", "bags", 59.00, 17, "Backpack with 22 litres.", "rucksack"),
        Product("P-111", "Weekend Bag", "bags", 84.00, 5, "Canvas, fits the cabin.", "holdall"),
        Product("P-112", "Steel Bottle", "outdoor", 24.50, 60, "Keeps tea hot for 12 hours."),
        Product("P-113", "Head Torch", "outdoor", 34.90, 22, "300 lumen, USB-C.", "lamp light"),
        Product("P-114", "Two-Person Tent", "outdoor", 189.00, 2, "1.9 kg, three seasons."),
        Product("P-115", "Camping Stove", "outdoor", 44.00, 0, "Gas, folds flat.", "cooker"),
    )
}  # fmt: skip


def orders_on(today: date) -> dict[str, Order]:
    """Return the orders a shop of that day has, by id."""

    def ago(days: int) -> date:
        return today - timedelta(days=days)

    ana, ben = "ana@example.com", "ben@example.com"
    orders = (
        Order(
            "A-1042", ana, OrderStatus.SHIPPED, ago(4), (("P-101", 1), ("P-112", 2)),
            carrier="DHL", tracking="JD014600003", eta=today + timedelta(days=2),
        ),
        Order("A-1043", ana, OrderStatus.PROCESSING, ago(1), (("P-104", 1),)),
        Order(
            "A-1038", ana, OrderStatus.DELIVERED, ago(12), (("P-108", 1),),
            carrier="DHL", tracking="JD014600001", delivered_on=ago(9),
        ),
        Order("A-1031", ana, OrderStatus.CANCELLED, ago(20), (("P-114", 1),)),
        Order(
            "A-1040", ben, OrderStatus.SHIPPED, ago(6), (("P-103", 1),),
            carrier="UPS", tracking="1Z999AA10123", eta=today + timedelta(days=1),
        ),
        Order("A-1044", ben, OrderStatus.PROCESSING, ago(0), (("P-109", 3), ("P-110", 1))),
    )  # fmt: skip
    return {order.id: order for order in orders}
