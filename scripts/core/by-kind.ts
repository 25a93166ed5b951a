import { groupOf } from './resource.ts';

/** By kind, then by API group (`apps`, `` for the core). */
export type ByKind<T> = Readonly<Record<string, Readonly<Record<string, T>>>>;

/** Looks a table up. It is asked for every object, and seldom knows its kind: a Map tells that at once. */
export function byKind<T>(table: ByKind<T>): (kind: string, apiVersion: string) => T | undefined {
  const kinds = new Map(
    Object.entries(table).map(([kind, byGroup]) => [kind, new Map(Object.entries(byGroup))]),
  );
  return (kind, apiVersion) => kinds.get(kind)?.get(groupOf(apiVersion));
}
