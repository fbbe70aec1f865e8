// What is in the cart. It is the visitor's: kept in their browser, the same in all its tabs.
const KEY = "waypoint-cart";

export class Cart {
  onchange = () => {};
  #products;
  #quantities;

  constructor(products) {
    this.#products = new Map(products.map((one) => [one.id, one]));
    this.#quantities = this.#read();
    addEventListener("storage", (event) => {
      if (event.key !== KEY) return;
      this.#quantities = this.#read();
      this.onchange();
    });
  }

  get lines() {
    return [...this.#quantities].map(([id, quantity]) => ({ product: this.#products.get(id), quantity }));
  }

  get count() {
    return this.lines.reduce((sum, one) => sum + one.quantity, 0);
  }

  get total() {
    const cents = this.lines.reduce((sum, one) => sum + Math.round(one.product.price * 100) * one.quantity, 0);
    return cents / 100;
  }

  /** Add some of a product; returns the product. */
  add(id, quantity) {
    if (!Number.isInteger(quantity) || quantity < 1)
      throw new TypeError("The quantity must be a whole number from 1.");
    return this.set(id, (this.#quantities.get(id) ?? 0) + quantity);
  }

  /** Have so many of a product; none takes it out. */
  set(id, quantity) {
    const product = this.#products.get(id);
    if (!product) throw new RangeError("There is no product " + id + ".");
    if (quantity > product.in_stock) {
      const left = product.in_stock ? "only " + product.in_stock + " left" : "sold out";
      throw new RangeError(product.name + ": " + left + ".");
    }
    if (quantity > 0) this.#quantities.set(id, quantity);
    else this.#quantities.delete(id);
    this.#write();
    return product;
  }

  clear() {
    this.#quantities.clear();
    this.#write();
  }

  #read() {
    try {
      const kept = Object.entries(JSON.parse(localStorage.getItem(KEY)) ?? {});
      return new Map(kept.filter(([id, many]) => this.#products.has(id) && Number.isInteger(many) && many > 0));
    } catch {
      return new Map();
    }
  }

  #write() {
    try {
      localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(this.#quantities)));
    } catch {
      // A browser that keeps nothing still has the cart until the page is left.
    }
    this.onchange();
  }
}
