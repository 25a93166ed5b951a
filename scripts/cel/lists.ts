import { type CelLibrary, fn } from './library.ts';
import { sameCel } from './same.ts';

type Ordered = bigint | number | string | boolean | Date;

function compare(a: Ordered, b: Ordered): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function extreme(items: readonly Ordered[], sign: 1 | -1): Ordered {
  if (items.length === 0) throw new Error('list is empty');
  return items.reduce((best, item) => (compare(item, best) * sign > 0 ? item : best));
}

function flatten(items: readonly unknown[], depth: number): unknown[] {
  return items.flatMap((item) => (Array.isArray(item) && depth > 0 ? flatten(item, depth - 1) : [item]));
}

function slice(items: readonly unknown[], from: bigint, to: bigint): unknown[] {
  if (from < 0n || to < from || to > BigInt(items.length))
    throw new Error(`slice ${from}:${to} is out of bounds`);
  return items.slice(Number(from), Number(to));
}

function distinct(items: readonly unknown[]): unknown[] {
  const kept: unknown[] = [];
  for (const item of items) if (!kept.some((one) => sameCel(one, item))) kept.push(item);
  return kept;
}

/** What CEL holds for nothing: 0, false, an empty text, list or map. */
function isZero(value: unknown): boolean {
  if (value instanceof Map) return value.size === 0;
  if (Array.isArray(value)) return value.length === 0;
  return value === null || value === 0n || value === 0 || value === false || value === '';
}

const includes = (items: readonly unknown[], item: unknown): boolean =>
  items.some((one) => sameCel(one, item));

/** Kubernetes' lists, CEL's list extension (since 1.34) and sets. */
export const LISTS: CelLibrary = {
  namespaces: ['sets', 'lists'],
  functions: [
    fn('list<A>.isSorted(): bool', (items: readonly Ordered[]) =>
      items.every((item, index) => index === 0 || compare(items[index - 1]!, item) <= 0),
    ),
    fn('list<A>.sum(): A', (items: readonly (bigint | number)[]) =>
      items.length === 0
        ? 0n
        : items.reduce((total, item) =>
            typeof total === 'bigint' && typeof item === 'bigint'
              ? total + item
              : Number(total) + Number(item),
          ),
    ),
    fn('list<A>.min(): A', (items: readonly Ordered[]) => extreme(items, -1)),
    fn('list<A>.max(): A', (items: readonly Ordered[]) => extreme(items, 1)),
    fn('list<A>.indexOf(A): int', (items: readonly unknown[], item: unknown) =>
      BigInt(items.findIndex((one) => sameCel(one, item))),
    ),
    fn('list<A>.lastIndexOf(A): int', (items: readonly unknown[], item: unknown) => {
      for (let i = items.length - 1; i >= 0; i--) if (sameCel(items[i], item)) return BigInt(i);
      return -1n;
    }),
    fn('list<A>.slice(int, int): list<A>', slice),
    fn('list<A>.flatten(): list<dyn>', (items: readonly unknown[]) => flatten(items, 1)),
    fn('list<A>.flatten(int): list<dyn>', (items: readonly unknown[], depth: bigint) =>
      flatten(items, Number(depth)),
    ),
    fn('list<A>.first(): optional<A>', (items: readonly unknown[]) => items[0]),
    fn('list<A>.last(): optional<A>', (items: readonly unknown[]) => items.at(-1)),
    fn('OptionalNamespace.ofNonZeroValue(A): optional<A>', (_: unknown, value: unknown) =>
      isZero(value) ? undefined : value,
    ),
    fn('list<A>.distinct(): list<A>', distinct),
    fn('list<A>.reverse(): list<A>', (items: readonly unknown[]) => [...items].reverse()),
    fn('list<A>.sort(): list<A>', (items: readonly Ordered[]) => [...items].sort(compare)),
    fn('listsNamespace.range(int): list<int>', (_: unknown, count: bigint) =>
      Array.from({ length: Number(count) }, (__, index) => BigInt(index)),
    ),
    fn(
      'setsNamespace.contains(list<A>, list<A>): bool',
      (_: unknown, a: readonly unknown[], b: readonly unknown[]) => b.every((item) => includes(a, item)),
    ),
    fn(
      'setsNamespace.equivalent(list<A>, list<A>): bool',
      (_: unknown, a: readonly unknown[], b: readonly unknown[]) =>
        b.every((item) => includes(a, item)) && a.every((item) => includes(b, item)),
    ),
    fn(
      'setsNamespace.intersects(list<A>, list<A>): bool',
      (_: unknown, a: readonly unknown[], b: readonly unknown[]) => b.some((item) => includes(a, item)),
    ),
  ],
};

/** Since Kubernetes 1.37. */
export const LIST_INCLUDES: CelLibrary = {
  since: 37,
  functions: [fn('list<A>.includes(A): bool', includes)],
};
