import type { KindSelector } from './field-spec.ts';

/** What is worked out once for each group, version and kind. */
export class KindMap<T> {
  readonly #byKind = new Map<
    string,
    { readonly group: string; readonly version: string; readonly value: T }[]
  >();

  get({ group, version, kind }: KindSelector, make: (id: KindSelector) => T): T {
    let entries = this.#byKind.get(kind);
    if (entries === undefined) {
      entries = [];
      this.#byKind.set(kind, entries);
    }
    for (const entry of entries) if (entry.version === version && entry.group === group) return entry.value;
    const value = make({ group, version, kind });
    entries.push({ group, version, value });
    return value;
  }
}
