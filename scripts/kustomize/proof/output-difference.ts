import type { Path } from '../../core/path.ts';
import type { Resource } from '../../core/resource.ts';
import { isMapping, isSequence, type Value } from '../../core/value.ts';

/** A value of one output. */
export interface Spot {
  readonly resource: Resource;
  readonly path: Path;
}

/** One value that two outputs do not share. Where an output lacks it, the path leads to nothing or to its parent. */
export interface Change {
  /** Undefined where the whole object is new, or gone. */
  readonly before: Spot | undefined;
  readonly after: Spot | undefined;
}

/** Every scalar and every empty mapping or list of an object. */
export function spotsOf(resource: Resource): readonly Spot[] {
  const spots: Spot[] = [];
  const visit = (value: Value, path: Path) => {
    const children = isSequence(value) ? [...value.entries()] : isMapping(value) ? Object.entries(value) : [];
    if (children.length === 0) spots.push({ resource, path });
    for (const [step, child] of children) visit(child, [...path, step]);
  };
  visit(resource.manifest, []);
  return spots;
}

/** What differs between two outputs. Elements of lists and objects that moved are followed. */
export function outputChanges(before: readonly Resource[], after: readonly Resource[]): readonly Change[] {
  const changes: Change[] = [];
  for (const [old, next] of aligned(before, after, sameId, sameKind)) {
    compare(
      old && { resource: old, path: [] },
      next && { resource: next, path: [] },
      old?.manifest,
      next?.manifest,
      changes,
    );
  }
  return changes;
}

function compare(
  before: Spot | undefined,
  after: Spot | undefined,
  old: Value | undefined,
  next: Value | undefined,
  changes: Change[],
): void {
  if (old !== undefined && next !== undefined && sameValue(old, next)) return;
  const isTree = (value: Value | undefined) => value === undefined || isMapping(value) || isSequence(value);
  if (
    !isTree(old) ||
    !isTree(next) ||
    (isMapping(old) && isSequence(next)) ||
    (isSequence(old) && isMapping(next))
  ) {
    changes.push({ before, after });
    return;
  }
  const size = (value: Value | undefined) => Object.keys(value ?? {}).length;
  if (size(old) + size(next) === 0) changes.push({ before, after });
  if (isSequence(old) || isSequence(next)) {
    const pairs = aligned(indexed(old), indexed(next), sameItem, sameName);
    for (const [one, other] of pairs) {
      compare(
        one === undefined ? before : step(before, one.index),
        other === undefined ? after : step(after, other.index),
        one?.value,
        other?.value,
        changes,
      );
    }
    return;
  }
  for (const key of new Set([...Object.keys(old ?? {}), ...Object.keys(next ?? {})])) {
    const one = isMapping(old) && Object.hasOwn(old, key) ? old[key] : undefined;
    const other = isMapping(next) && Object.hasOwn(next, key) ? next[key] : undefined;
    compare(step(before, key), step(after, key), one, other, changes);
  }
}

function step(spot: Spot | undefined, by: string | number): Spot | undefined {
  return spot && { resource: spot.resource, path: [...spot.path, by] };
}

interface Item {
  readonly index: number;
  readonly value: Value;
}

function indexed(value: Value | undefined): readonly Item[] {
  return isSequence(value) ? value.map((item, index) => ({ index, value: item })) : [];
}

/** Pairs what is the same by the first test, then by each next one, then in order; the rest stays alone. */
function aligned<T>(
  before: readonly T[],
  after: readonly T[],
  ...tests: readonly ((a: T, b: T) => boolean)[]
): readonly (readonly [T | undefined, T | undefined])[] {
  const result: [T | undefined, T | undefined][] = [];
  let left = before;
  let right = after;
  for (const test of [...tests, () => true]) {
    const rest: T[] = [];
    const free = right.slice();
    for (const old of left) {
      const found = free.findIndex((next) => test(old, next));
      if (found < 0) rest.push(old);
      else result.push([old, free.splice(found, 1)[0]]);
    }
    left = rest;
    right = free;
  }
  for (const old of left) result.push([old, undefined]);
  for (const next of right) result.push([undefined, next]);
  return result;
}

function sameId({ id: a }: Resource, { id: b }: Resource): boolean {
  return (
    a.apiVersion === b.apiVersion && a.kind === b.kind && a.namespace === b.namespace && a.name === b.name
  );
}

function sameKind({ id: a }: Resource, { id: b }: Resource): boolean {
  return a.kind === b.kind;
}

function sameItem(a: Item, b: Item): boolean {
  return sameValue(a.value, b.value);
}

function sameName(a: Item, b: Item): boolean {
  return (
    isMapping(a.value) && isMapping(b.value) && a.value.name !== undefined && a.value.name === b.value.name
  );
}

function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (isSequence(a))
    return isSequence(b) && a.length === b.length && a.every((item, i) => sameValue(item, b[i]!));
  if (!isMapping(a) || !isMapping(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameValue(a[key]!, b[key]!))
  );
}
