// The page of the sample shop: what is on the shelf, what is in the cart, and `window.shop`,
// through which the assistant's client actions do what a visitor could do by hand.
import { Cart } from "/storefront/cart.js";

const at = (id) => document.getElementById(id);
const money = new Intl.NumberFormat("en-IE", { style: "currency", currency: "EUR" });
const answer = await fetch("/products?limit=50");
const { products } = await answer.json();
const cart = new Cart(products);
let kind = "";

function made(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

function drawKinds() {
  const kinds = ["", ...new Set(products.map((one) => one.category))];
  const buttons = kinds.map((one) => {
    const name = one || "everything";
    const button = made("button", { type: "button", textContent: name });
    button.setAttribute("aria-pressed", String(one === kind));
    button.addEventListener("click", () => {
      kind = one;
      drawKinds();
      drawShelf();
    });
    return button;
  });
  at("kinds").replaceChildren(...buttons);
}

function drawShelf() {
  const shown = products.filter((one) => !kind || one.category === kind);
  at("shelf").textContent = kind ? kind[0].toUpperCase() + kind.slice(1) : "Everything";
  at("shown").textContent = shown.length + " products";
  at("products").replaceChildren(...shown.map(tile));
}

function tile(product) {
  const left = product.in_stock;
  const add = made("button", { type: "button", textContent: left ? "Add to cart" : "Sold out" });
  add.disabled = !left;
  add.setAttribute("aria-label", add.textContent + ": " + product.name);
  add.addEventListener("click", () => trying(() => window.shop.addToCart(product.id)));
  const few = left && left <= 5 ? made("span", { className: "few", textContent: "Only " + left + " left" }) : "";
  return made(
    "li",
    { className: left ? "tile" : "tile gone" },
    made("img", { src: product.picture, alt: "", width: 400, height: 300, loading: "lazy" }),
    made("div", { className: "about" },
      made("h3", { textContent: product.name }),
      made("p", { className: "quiet", textContent: product.description }),
    ),
    made("div", { className: "buy" },
      made("p", { className: "price" }, made("strong", { textContent: money.format(product.price) }), few),
      add,
    ),
  );
}

function line({ product, quantity }) {
  const less = made("button", { type: "button", textContent: "−" });
  const more = made("button", { type: "button", textContent: "+" });
  less.setAttribute("aria-label", "One less: " + product.name);
  more.setAttribute("aria-label", "One more: " + product.name);
  less.addEventListener("click", () => trying(() => cart.set(product.id, quantity - 1)));
  more.addEventListener("click", () => trying(() => cart.set(product.id, quantity + 1)));
  return made(
    "li",
    {},
    made("img", { src: product.picture, alt: "", width: 64, height: 48 }),
    made("span", { className: "name", textContent: product.name }),
    made("span", { className: "steps" }, less, made("b", { textContent: String(quantity) }), more),
    made("span", { className: "sum", textContent: money.format(product.price * quantity) }),
  );
}

function drawCart() {
  const { lines, count, total } = cart;
  at("cart-count").textContent = String(count);
  at("open-cart").setAttribute("aria-label", "Cart, " + count + (count === 1 ? " product" : " products"));
  at("cart-lines").replaceChildren(...lines.map(line));
  at("checkout-lines").replaceChildren(...lines.map(line));
  at("cart-empty").hidden = count > 0;
  at("to-checkout").disabled = count === 0;
  for (const id of ["cart-total", "checkout-total"]) at(id).textContent = money.format(total);
  if (!count) at("checkout").hidden = true;
}

function trying(change) {
  try {
    change();
  } catch (fault) {
    told(fault.message);
  }
}

let fading;
function told(text) {
  const toast = at("toast");
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(fading);
  fading = setTimeout(() => {
    toast.hidden = true;
  }, 4000);
}

async function placeOrder(event) {
  event.preventDefault();
  const field = at("email");
  at("order-said").textContent = field.validity.valid ? "" : "Type your email address.";
  field.setAttribute("aria-invalid", String(!field.validity.valid));
  if (!field.validity.valid) return field.focus();
  const items = cart.lines.map(({ product, quantity }) => ({ product_id: product.id, quantity }));
  const sent = await fetch("/orders", { method: "POST", body: JSON.stringify({ email: field.value, items }) });
  const order = await sent.json();
  if (!sent.ok) {
    at("order-said").textContent = order.message;
    return;
  }
  cart.clear();
  at("thanks").textContent = "Thank you! Order " + order.order_id + " is placed. Ask the assistant where it is.";
  at("thanks").hidden = false;
  at("thanks").scrollIntoView({ block: "center" });
}

window.shop = {
  /** Put products into the cart; says what is in it now. */
  addToCart(id, quantity = 1) {
    const product = cart.add(id, quantity);
    at("thanks").hidden = true;
    told("Added to the cart: " + product.name + ".");
    return { added: product.name, quantity, in_cart: cart.count, total: cart.total, currency: "EUR" };
  },
  /** Say what is in the cart. */
  cart() {
    const items = cart.lines.map(({ product, quantity }) => ({ product_id: product.id, name: product.name, quantity }));
    return { items, in_cart: cart.count, total: cart.total, currency: "EUR" };
  },
  /** Show the checkout; there has to be something to buy. */
  goToCheckout() {
    if (!cart.count) throw new Error("The cart is empty; add something first.");
    at("cart").close();
    at("checkout").hidden = false;
    at("checkout").scrollIntoView();
    at("checkout").focus({ preventScroll: true });
    return this.cart();
  },
  /** Write an address into the checkout's email field; the visitor still sends it. */
  prefillEmail(email) {
    at("email").value = String(email);
    at("order-said").textContent = "";
    if (cart.count) this.goToCheckout();
  },
};

cart.onchange = drawCart;
at("open-cart").addEventListener("click", () => at("cart").showModal());
at("close-cart").addEventListener("click", () => at("cart").close());
at("to-checkout").addEventListener("click", () => trying(() => window.shop.goToCheckout()));
at("cart").addEventListener("click", (event) => {
  if (event.target === at("cart")) at("cart").close();
});
at("order").addEventListener("submit", placeOrder);
drawKinds();
drawShelf();
drawCart();
