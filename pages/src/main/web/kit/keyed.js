// Lists whose elements survive when their order or their data changes.

/**
 * Makes the children of a container the elements of the items, in their order. An element is created once for a
 * key, and kept, with its focus and its state, as long as an item with this key is in the list.
 */
export function keyed(container, items, key, create, update) {
  const present = container.keyedElements ??= new Map();
  const wanted = new Set(items.map(key));
  for (const [id, element] of present) {
    if (!wanted.has(id)) {
      element.remove();
      present.delete(id);
    }
  }
  let next = container.firstElementChild;
  for (const item of items) {
    let element = present.get(key(item));
    if (!element) {
      element = create(item);
      present.set(key(item), element);
    }
    update(element, item);
    if (element === next) {
      next = next.nextElementSibling;
    } else {
      container.insertBefore(element, next);
    }
  }
}
