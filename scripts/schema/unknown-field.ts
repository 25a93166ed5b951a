import { quoted } from '../core/describe.ts';
import type { RuleViolation } from '../core/finding.ts';
import { nearest } from '../core/nearest.ts';
import { type Path, toFieldPath } from '../core/path.ts';
import { isMapping } from '../core/value.ts';
import { whereItBelongs } from './placement.ts';
import { MISSING_FIELD, UNKNOWN_FIELD } from './rules.ts';
import type { Resolve } from './shape.ts';
import { fieldsAt, type Spot } from './spot.ts';

/** A field that its place does not have: where it belongs, or what was meant. */
export function unknownField(spot: Spot, name: string, resolve: Resolve): RuleViolation {
  const at = [...spot.path, name];
  const names = Object.keys(fieldsAt(spot, resolve).fields);
  const field = `Field "${toFieldPath(at)}" is unknown`;
  const home = homeOf(spot, name, resolve);
  if (home !== undefined) {
    const place = home.length === 0 ? 'the object itself' : `"${toFieldPath(home)}"`;
    return { rule: UNKNOWN_FIELD, at, message: `${field}, expected it in ${place}` };
  }
  const meant = nearest(name, names);
  if (meant !== undefined) {
    const found = { rule: UNKNOWN_FIELD, at, message: `${field}, expected ${quoted(meant)}` };
    const value = spot.values.at(-1);
    return isMapping(value) && value[meant] === undefined ? { ...found, edit: { rename: meant } } : found;
  }
  if (names.length === 0) return { rule: UNKNOWN_FIELD, at, message: `${field}, expected an empty mapping` };
  const some = names.sort().slice(0, 12).join(', ');
  return {
    rule: UNKNOWN_FIELD,
    at,
    message: `${field}, expected one of ${some}${names.length > 12 ? ', …' : ''}`,
  };
}

/** Where a field that is unknown at its spot would be known under that very name. */
export function homeOf(spot: Spot, name: string, resolve: Resolve): Path | undefined {
  const { fields } = fieldsAt(spot, resolve);
  // A name that only differs in case from one that is known here was meant for here.
  if (Object.keys(fields).some((known) => known.toLowerCase() === name.toLowerCase())) return undefined;
  const value = spot.values.at(-1);
  const others = isMapping(value) ? Object.keys(value).filter((key) => fields[key] === undefined) : [];
  return whereItBelongs(spot, name, others, resolve);
}

export function missingField(spot: Spot, name: string): RuleViolation {
  const at = [...spot.path, name];
  const value = spot.values.at(-1);
  const isNull = isMapping(value) && Object.hasOwn(value, name);
  return {
    rule: MISSING_FIELD,
    at,
    message: `Field "${toFieldPath(at)}" is ${isNull ? 'null' : 'missing'}, expected a value: it is required`,
  };
}

/** A required field that is there under a misspelled name is one mistake, not two. */
export function isMisspelled(name: string, spot: Spot, resolve: Resolve): boolean {
  const value = spot.values.at(-1);
  const { fields, open } = fieldsAt(spot, resolve);
  if (!isMapping(value) || open) return false;
  const names = Object.keys(fields);
  return Object.keys(value).some((key) => fields[key] === undefined && nearest(key, names) === name);
}
