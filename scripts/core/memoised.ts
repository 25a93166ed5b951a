import { entryOf } from './entry.ts';

/** The same answer for the same object, found once. */
export function memoised<K extends object, V>(find: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>();
  return (key) => entryOf(known, key, find);
}

/** What keeps in itself what was worked out of it, by what worked it out. */
export interface Memoed {
  readonly memo: Map<object, unknown>;
}

/**
 * The same, kept in the object. For those that come and go with a cluster: V8 lets go of what a WeakMap holds of them
 * only when it collects everything, and until then moves all that hangs on it about.
 */
export function memoisedIn<K extends Memoed, V>(find: (key: K) => V): (key: K) => V {
  return (key) => {
    let value = key.memo.get(find) as V | undefined;
    if (value === undefined) {
      value = find(key);
      key.memo.set(find, value);
    }
    return value;
  };
}
