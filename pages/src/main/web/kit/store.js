// Values that several parts of a page show.

/** A value that tells its subscribers about each change. */
export class Store {
  #value;
  #subscribers = new Set();

  constructor(value) {
    this.#value = value;
  }

  get value() {
    return this.#value;
  }

  /** Replaces the value. The same value again is no change. */
  set(value) {
    if (!Object.is(value, this.#value)) {
      this.#value = value;
      this.changed();
    }
  }

  /** Tells all subscribers that the present value has changed inside. */
  changed() {
    [...this.#subscribers].forEach((subscriber) => subscriber(this.#value));
  }

  /** Calls the subscriber at each change from now on. Returns the function that ends this. */
  subscribe(subscriber) {
    this.#subscribers.add(subscriber);
    return () => this.#subscribers.delete(subscriber);
  }
}

/** Resources by id. An older version never replaces a newer one. */
export class ResourceStore extends Store {
  constructor() {
    super(new Map());
  }

  get(id) {
    return this.value.get(id);
  }

  /** Takes a whole resource. Returns false if what is known is as new. */
  merge(id, resource) {
    const known = this.value.get(id);
    if (known && known.version >= resource.version) {
      return false;
    }
    this.value.set(id, resource);
    this.changed();
    return true;
  }

  remove(id) {
    if (this.value.delete(id)) {
      this.changed();
    }
  }

  clear() {
    this.value.clear();
    this.changed();
  }
}
