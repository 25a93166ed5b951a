import { describeValue } from '../core/describe.ts';
import type { RuleViolation } from '../core/finding.ts';
import { toFieldPath } from '../core/path.ts';
import { isMapping, isSequence, type Value } from '../core/value.ts';
import { bound, listed } from './bounds.ts';
import type { Fault } from './link.ts';
import {
  DUPLICATE_LIST_KEY,
  MALFORMED_VALUE,
  NO_ALTERNATIVE_FITS,
  OUT_OF_BOUNDS,
  UNSUPPORTED_VALUE,
  WRONG_TYPE,
} from './rules.ts';
import { ANY, follow, type Resolve, type Shape } from './shape.ts';
import { locate, type Part, type Spot } from './spot.ts';
import { alternatives, closestBranch, isInBranch } from './union.ts';
import { homeOf, isMisspelled, missingField, unknownField } from './unknown-field.ts';
import { wrongType } from './wrong-type.ts';

/** Beyond this many faults in one part of an object the rest says nothing new. */
const MOST = 50;

/**
 * ajv's findings on one part of an object as violations: one for each root cause, at the field concerned.
 */
export function explain(faults: readonly Fault[], part: Part): RuleViolation[] {
  const { resolve } = part;
  const found = new Map<string, RuleViolation>();
  const moved = new Set<string>();
  const missing: { readonly key: string; readonly spot: Spot; readonly name: string }[] = [];
  for (const fault of faults) {
    if (found.size >= MOST) break;
    // What a branch of a union says is not the cause; that no branch fits is.
    if (fault.keyword === '' || isInBranch(fault.schemaPath)) continue;
    const spot = locate(fault.instancePath, part);
    const name = typeof fault.params.at === 'string' ? fault.params.at : undefined;
    if (fault.keyword === 'present' || fault.keyword === 'presentOrNull') {
      missing.push({ key: `${fault.instancePath}/${name}`, spot, name: name ?? '' });
      continue;
    }
    if (fault.keyword === 'fields' && name !== undefined) {
      const home = homeOf(spot, name, resolve);
      if (home !== undefined) moved.add(toFieldPath([...home, name]));
    }
    const branch = closestBranch(fault, faults, spot, part);
    const violation =
      branch === undefined
        ? violationOf(fault, spot, name, resolve)
        : violationOf(branch.fault, branch.spot, undefined, resolve);
    const key = name === undefined ? fault.instancePath : `${fault.instancePath}/${name}`;
    const other = found.get(key);
    if (other === undefined || (violation.rule === WRONG_TYPE && other.rule !== WRONG_TYPE))
      found.set(key, violation);
  }
  for (const { key, spot, name } of missing) {
    if (found.size >= MOST) break;
    if (moved.has(toFieldPath([...spot.path, name]))) continue;
    if (!isMisspelled(name, spot, resolve)) found.set(key, missingField(spot, name));
  }
  return [...found.values()];
}

function violationOf(fault: Fault, spot: Spot, name: string | undefined, resolve: Resolve): RuleViolation {
  const { path } = spot;
  const value = spot.values.at(-1);
  const shape = spot.shapes.at(-1) ?? ANY;
  const limits = shape.limits ?? follow(shape, resolve).limits ?? {};
  const field = `Field "${toFieldPath(path)}"`;
  switch (fault.keyword) {
    case 'fields':
      return unknownField(spot, name ?? '', resolve);
    case 'unique': {
      const index = Number(fault.params.at);
      return {
        rule: DUPLICATE_LIST_KEY,
        at: [...path, index],
        message: `${duplicateOf(follow(shape, resolve), value, index)} is there already as item ${Number(fault.params.first)} of "${toFieldPath(path)}", expected items that differ`,
      };
    }
    case 'enum':
      return {
        rule: UNSUPPORTED_VALUE,
        at: path,
        message: `${field} is ${describeValue(value)}, expected ${listed(limits.enum, value)}`,
      };
    case 'matches':
      return {
        rule: MALFORMED_VALUE,
        at: path,
        message: `${field} is ${describeValue(value)}, expected text that matches ${String(limits.pattern)}`,
      };
    case 'formatted':
      return {
        rule: MALFORMED_VALUE,
        at: path,
        message: `${field} is ${describeValue(value)}, expected ${String(limits.format)}`,
      };
    case 'anyOf':
    case 'oneOf':
    case 'not':
      return {
        rule: NO_ALTERNATIVE_FITS,
        at: path,
        message: `${field} is ${describeValue(value)}, expected ${alternatives(fault.keyword, limits)}`,
      };
    case 'scalar':
    case 'type':
    case 'either':
      return wrongType(field, path, value, shape, resolve);
    default:
      return { rule: OUT_OF_BOUNDS, at: path, message: `${field} ${bound(fault.keyword, value, limits)}` };
  }
}

function duplicateOf(shape: Shape, value: Value | undefined, index: number): string {
  const item = isSequence(value) ? value[index] : undefined;
  if (shape.is !== 'list' || shape.keys === undefined || !isMapping(item))
    return `${describeValue(item)}`.replace(/^./, (letter) => letter.toUpperCase());
  const keys = shape.keys.map(
    (key) =>
      `${key} ${JSON.stringify(item[key] ?? null, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner))}`,
  );
  return `The item with ${keys.join(', ')}`;
}
