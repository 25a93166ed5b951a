/** What a map and a WeakMap have in common here. */
interface Entries<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
}

/** What stands at a key; made and put there where nothing does. */
export function entryOf<K, V>(entries: Entries<K, V>, key: K, make: (key: K) => NoInfer<V>): V {
  let value = entries.get(key);
  if (value === undefined) {
    value = make(key);
    entries.set(key, value);
  }
  return value;
}

export function newMap<K, V>(): Map<K, V> {
  return new Map();
}

export function newWeakMap<K extends object, V>(): WeakMap<K, V> {
  return new WeakMap();
}

/** Adds to the list at a key. */
export function push<K, T>(lists: Map<K, T[]>, key: K, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
