// Where commands wait, so that they outlive the page.

const COMMANDS = 'commands';

let opened = null;

/** Used where the browser has no database for the page, as in some private windows. */
let inMemory = null;
let memoryOrder = 0;

function openOutbox() {
  opened ??= new Promise((resolve) => {
    const opening = indexedDB.open('lectern', 1);
    opening.onupgradeneeded = () => {
      const store = opening.result.createObjectStore(COMMANDS, { keyPath: 'order', autoIncrement: true });
      store.createIndex('reader', 'reader');
      store.createIndex('key', 'key', { unique: true });
    };
    opening.onsuccess = () => {
      // The browser closes it when it clears the data of the site.
      opening.result.onclose = () => {
        opened = null;
      };
      resolve(opening.result);
    };
    opening.onerror = () => {
      inMemory = new Map();
      resolve(null);
    };
  });
  return opened;
}

/** Runs a transaction and returns the result of its request when everything is stored. */
async function inOutbox(mode, work, instead) {
  const database = await openOutbox();
  if (!database) {
    return instead();
  }
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(COMMANDS, mode, { durability: 'strict' });
    const pending = work(transaction.objectStore(COMMANDS));
    transaction.oncomplete = () => resolve(pending.result);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

const memoryOf = (reader) => [...inMemory.values()].filter((record) => record.reader === reader);

/** Stores a new record at the end. It gets its `order`. */
export async function addToOutbox(record) {
  record.order = await inOutbox('readwrite', (store) => store.add(record), () => {
    memoryOrder += 1;
    inMemory.set(memoryOrder, record);
    return memoryOrder;
  });
}

/** The records of a reader in their order. */
export const outboxOf = (reader) =>
  inOutbox('readonly', (store) => store.index('reader').getAll(reader), () => memoryOf(reader));

export const outboxSize = (reader) =>
  inOutbox('readonly', (store) => store.index('reader').count(reader), () => memoryOf(reader).length);

/** Stores a record again that has changed, unless it is gone. */
export const updateInOutbox = (record) =>
  inOutbox('readwrite', (store) => store.put(record), () => inMemory.set(record.order, record));

/** Removes the records with these places. */
export const removeFromOutbox = (orders) => inOutbox('readwrite', (store) => {
  orders.forEach((order) => store.delete(order));
  return {};
}, () => orders.forEach((order) => inMemory.delete(order)));
