"""The sample shop's API over HTTP: orders, products, returns."""

from math import inf, isfinite, nan
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deftly.demo.shop import Refusal, Shop
from deftly.demo.stock import PRODUCTS, Product
from deftly.values import JsonObject, JsonValue, NotJsonError, parse_json

_SHOWN: Final = 5
_SHOWN_MOST: Final = 50


def api_routes(shop: Shop) -> list[Route]:
    """Return the routes that programs call."""
    return [
        *_order_routes(shop),
        *_return_routes(shop),
        Route("/products", search_products),
        Route("/products/{product_id}", get_product),
    ]


def _order_routes(shop: Shop) -> list[Route]:
    async def get_order(request: Request) -> Response:
        return JSONResponse(shop.order(request.path_params["order_id"]).wire())

    async def list_orders(request: Request) -> Response:
        email = request.query_params.get("email", "").strip().lower()
        if not email:
            raise Refusal(400, "email_missing", "Say whose orders: ?email=")
        found = [order.wire() for order in shop.orders.values() if order.email == email]
        return JSONResponse({"orders": found, "count": len(found)})

    async def place_order(request: Request) -> Response:
        body = await _json_object(request)
        order = shop.sell(_text(body, "email"), _quantities(body.get("items")))
        return JSONResponse(order.wire(), status_code=201)

    async def cancel_order(request: Request) -> Response:
        return JSONResponse(shop.cancel(request.path_params["order_id"]).wire())

    return [
        Route("/orders", list_orders),
        Route("/orders", place_order, methods=["POST"]),
        Route("/orders/{order_id}", get_order),
        Route("/orders/{order_id}/cancel", cancel_order, methods=["POST"]),
    ]


def _return_routes(shop: Shop) -> list[Route]:
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

    return [
        Route("/health", health),
        Route("/returns", create_return, methods=["POST"]),
        Route("/returns/{return_id}", get_return),
    ]


async def get_product(request: Request) -> Response:
    """Answer with one product, by its id or its whole name."""
    wanted = request.path_params["product_id"].strip().lower()
    for product in PRODUCTS.values():
        if wanted in {product.id.lower(), product.name.lower()}:
            return JSONResponse(_with_picture(product, request))
    raise Refusal(404, "product_not_found", f"There is no product {wanted}.")


async def search_products(request: Request) -> Response:
    """Answer with the products that fit, the cheapest first."""
    words = request.query_params.get("query", "").lower().split()
    most = _number(request, "max_price", inf)
    limit = min(max(_number(request, "limit", _SHOWN), 0), _SHOWN_MOST)
    found = sorted(
        (one for one in PRODUCTS.values() if _fits(one, words) and one.price <= most),
        key=lambda one: one.price,
    )
    shown = [_with_picture(one, request) for one in found[: int(limit)]]
    return JSONResponse({"products": shown, "count": len(found)})


def _with_picture(product: Product, request: Request) -> JsonObject:
    """Return the product with an address that any page can show its picture from."""
    picture = request.url_for("picture", product_id=product.id)
    return {**product.wire(), "picture": str(picture)}


def _fits(product: Product, words: list[str]) -> bool:
    """Tell whether every word is there; plural and singular are the same."""
    return all(
        word in product.searchable or word.rstrip("s") in product.searchable for word in words
    )


def _number(request: Request, name: str, default: float) -> float:
    text = request.query_params.get(name, "")
    if not text:
        return default
    try:
        number = float(text)
    except ValueError:
        number = nan
    if not isfinite(number):
        raise Refusal(400, f"{name}_unusable", f"{name} must be a number.")
    return number


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


def _quantities(items: JsonValue) -> dict[str, int]:
    """Return how many of each product; the same product twice is both together."""
    found: dict[str, int] = {}
    for item in items if isinstance(items, list) else []:
        match item:
            case {"product_id": str(product_id), "quantity": int(quantity)} if not isinstance(
                quantity, bool
            ):
                found[product_id] = found.get(product_id, 0) + quantity
            case _:
                told = "Each item is an object with product_id and quantity, a whole number."
                raise Refusal(422, "item_unusable", told)
    return found
