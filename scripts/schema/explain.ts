import type { RuleViolation } from '../core/finding.ts';
import { nearest } from '../core/nearest.ts';
import { type Path, toFieldPath } from '../core/path.ts';
import { isMapping, isSequence, type Mapping, type Value } from '../core/value.ts';
import { describeShape, describeValue, quoted } from './describe.ts';
import type { Fault } from './link.ts';
import { whereItBelongs } from './placement.ts';
import {
  DUPLICATE_LIST_KEY,
  MALFORMED_VALUE,
  MISSING_FIELD,
  NO_ALTERNATIVE_FITS,
  OUT_OF_BOUNDS,
  UNKNOWN_FIELD,
  UNSUPPORTED_VALUE,
  WRONG_TYPE,
} from './rules.ts';
import { ANY, follow, type Resolve, type Shape } from './shape.ts';

/** Where a fault lies: the values and shapes from the object's part down to it. */
export interface Spot {
  readonly path: Path;
  readonly values: readonly (Value | undefined)[];
  readonly shapes: readonly Shape[];
}

/** Beyond this many faults in one part of an object the rest says nothing new. */
const MOST = 50;

/**
 * ajv's findings on one part of an object as violations: one for each root cause, at the field concerned.
 * @param at where the part stands in its object
 */
export function explain(
  faults: readonly Fault[],
  value: Value,
  shape: Shape,
  at: Path,
  resolve: Resolve,
): RuleViolation[] {
  const found = new Map<string, RuleViolation>();
  const moved = new Set<string>();
  const missing: { readonly key: string; readonly spot: Spot; readonly name: string }[] = [];
  for (const fault of faults) {
    if (found.size >= MOST) break;
    // What a branch of a union says is not the cause; that no branch fits is.
    if (fault.keyword === '' || isInBranch(fault.schemaPath)) continue;
    const spot = locate(fault.instancePath, value, shape, at, resolve);
    const name = typeof fault.params.at === 'string' ? fault.params.at : undefined;
    if (fault.keyword === 'present' || fault.keyword === 'presentOrNull') {
      missing.push({ key: `${fault.instancePath}/${name}`, spot, name: name ?? '' });
      continue;
    }
    if (fault.keyword === 'fields' && name !== undefined) {
      const home = homeOf(spot, name, resolve);
      if (home !== undefined) moved.add(toFieldPath([...home, name]));
    }
    const violation =
      closestBranch(fault, faults, spot, value, shape, at, resolve) ??
      violationOf(fault, spot, name, resolve);
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

/**
 * Of a union whose branches are told apart by the value of a field, the branch that was meant says what is wrong, and
 * where: `type: IPAddress` with a value that is none is a matter of the value.
 */
function closestBranch(
  union: Fault,
  faults: readonly Fault[],
  spot: Spot,
  value: Value,
  shape: Shape,
  at: Path,
  resolve: Resolve,
): RuleViolation | undefined {
  const written = spot.shapes.at(-1)?.limits ?? follow(spot.shapes.at(-1) ?? ANY, resolve).limits;
  const branches = written?.[union.keyword];
  if ((union.keyword !== 'oneOf' && union.keyword !== 'anyOf') || !isSequence(branches)) return undefined;
  const meant: { readonly inner: Fault; readonly branch: Value }[] = [];
  for (const [index, branch] of branches.entries()) {
    const path = `${union.schemaPath}/${index}/`;
    const inside = faults.filter(
      (fault) => fault.schemaPath.startsWith(path) && fault.instancePath.startsWith(union.instancePath),
    );
    // A value that is none of those listed means another branch, as does a fault of the object itself.
    if (
      inside.some(
        (fault) =>
          fault.keyword === 'enum' || fault.keyword === 'not' || fault.instancePath === union.instancePath,
      )
    )
      continue;
    const inner = inside.find((fault) => !isInBranch(fault.schemaPath.slice(path.length - 1)));
    if (inner !== undefined) meant.push({ inner, branch });
  }
  const only = meant.length === 1 ? meant[0] : undefined;
  if (only === undefined) return undefined;
  const inner = locate(only.inner.instancePath, value, shape, at, resolve);
  const limits = limitsInBranch(only.branch, inner.path.slice(spot.path.length));
  const shapes = [...inner.shapes.slice(0, -1), { ...(inner.shapes.at(-1) ?? ANY), limits }];
  return violationOf(only.inner, { ...inner, shapes }, undefined, resolve);
}

function limitsInBranch(branch: Value, path: Path): Mapping {
  let schema: Value | undefined = branch;
  for (const step of path) {
    const outer: Value | undefined = isMapping(schema)
      ? typeof step === 'number'
        ? schema.items
        : schema.properties
      : undefined;
    schema = typeof step === 'number' ? outer : isMapping(outer) ? outer[step] : undefined;
  }
  return isMapping(schema) ? schema : {};
}

/** Whether a schema's path leads through a branch of a union; a field may well be called `anyOf`. */
function isInBranch(schemaPath: string): boolean {
  const words = schemaPath.split('/');
  for (let at = 1; at < words.length - 1; at++) {
    const word = words[at];
    if (word === 'anyOf' || word === 'oneOf' || word === 'not') return true;
    if (word === 'fields' || word === 'allOf' || word === 'either') at++;
  }
  return false;
}

function locate(pointer: string, value: Value, shape: Shape, at: Path, resolve: Resolve): Spot {
  const path = [...at];
  const values: (Value | undefined)[] = [value];
  const shapes: Shape[] = [shape];
  if (pointer === '') return { path, values, shapes };
  let current: Value | undefined = value;
  let now = shape;
  for (const part of pointer.slice(1).split('/')) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    const outer = chosen(now, current, resolve);
    if (isSequence(current)) {
      path.push(Number(key));
      current = current[Number(key)];
      now = outer.is === 'list' ? outer.items : ANY;
    } else {
      path.push(key);
      current = isMapping(current) && Object.hasOwn(current, key) ? current[key] : undefined;
      now = outer.is === 'struct' ? (outer.fields[key] ?? ANY) : outer.is === 'map' ? outer.values : ANY;
    }
    values.push(current);
    shapes.push(now);
  }
  return { path, values, shapes };
}

/** The shape that counts for a value: of several alternatives the one for its kind. */
function chosen(shape: Shape, value: Value | undefined, resolve: Resolve): Shape {
  const end = follow(shape, resolve);
  if (end.is !== 'either') return end;
  const fitting = end.options.find((option) => {
    const is = follow(option, resolve).is;
    return isSequence(value) ? is === 'list' : isMapping(value) && (is === 'struct' || is === 'map');
  });
  return fitting === undefined ? end : follow(fitting, resolve);
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

function wrongType(
  field: string,
  path: Path,
  value: Value | undefined,
  shape: Shape,
  resolve: Resolve,
): RuleViolation {
  const end = follow(shape, resolve);
  const isText = end.is === 'scalar' && typeof value === 'string';
  const readable = isText && ['quantity', 'bytes', 'date-time', 'micro-time'].includes(end.scalar);
  const expected = describeShape(shape, resolve);
  let advice = '';
  if (
    end.is === 'scalar' &&
    end.scalar === 'string' &&
    (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
  )
    advice = `: quote it, "${value}"`;
  else if (
    isText &&
    /^(?:int|int32|int64|number|bool)$/.test(end.scalar) &&
    /^(?:-?\d+(?:\.\d+)?|true|false)$/.test(value)
  )
    advice = ': leave out the quotes';
  else if (end.is === 'list' && value !== undefined && !isSequence(value))
    advice = ': begin each item with "- "';
  return {
    rule: readable ? MALFORMED_VALUE : WRONG_TYPE,
    at: path,
    message: `${field} is ${describeValue(value)}, expected ${expected}${advice}`,
  };
}

function unknownField(spot: Spot, name: string, resolve: Resolve): RuleViolation {
  const at = [...spot.path, name];
  const struct = follow(spot.shapes.at(-1) ?? ANY, resolve);
  const names = struct.is === 'struct' ? Object.keys(struct.fields) : [];
  const field = `Field "${toFieldPath(at)}" is unknown`;
  const home = homeOf(spot, name, resolve);
  if (home !== undefined) {
    const place = home.length === 0 ? 'the object itself' : `"${toFieldPath(home)}"`;
    return { rule: UNKNOWN_FIELD, at, message: `${field}, expected it in ${place}` };
  }
  const meant = nearest(name, names);
  if (meant !== undefined) return { rule: UNKNOWN_FIELD, at, message: `${field}, expected ${quoted(meant)}` };
  if (names.length === 0) return { rule: UNKNOWN_FIELD, at, message: `${field}, expected an empty mapping` };
  const some = names.sort().slice(0, 12).join(', ');
  return {
    rule: UNKNOWN_FIELD,
    at,
    message: `${field}, expected one of ${some}${names.length > 12 ? ', …' : ''}`,
  };
}

/** Where a field that is unknown at its spot would be known under that very name. */
function homeOf(spot: Spot, name: string, resolve: Resolve): Path | undefined {
  const struct = follow(spot.shapes.at(-1) ?? ANY, resolve);
  const names = struct.is === 'struct' ? struct.fields : {};
  // A name that only differs in case from one that is known here was meant for here.
  if (Object.keys(names).some((known) => known.toLowerCase() === name.toLowerCase())) return undefined;
  const value = spot.values.at(-1);
  const others = isMapping(value) ? Object.keys(value).filter((key) => names[key] === undefined) : [];
  return whereItBelongs(spot, name, others, resolve);
}

function missingField(spot: Spot, name: string): RuleViolation {
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
function isMisspelled(name: string, spot: Spot, resolve: Resolve): boolean {
  const value = spot.values.at(-1);
  const struct = follow(spot.shapes.at(-1) ?? ANY, resolve);
  if (!isMapping(value) || struct.is !== 'struct' || struct.open === true) return false;
  const names = Object.keys(struct.fields);
  return Object.keys(value).some((key) => struct.fields[key] === undefined && nearest(key, names) === name);
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

function listed(allowed: Value | undefined, value: Value | undefined): string {
  if (!isSequence(allowed)) return 'another value';
  const texts = allowed.map((item) => (typeof item === 'string' ? quoted(item) : String(item)));
  const meant =
    typeof value === 'string'
      ? nearest(
          value,
          allowed.filter((item) => typeof item === 'string'),
        )
      : undefined;
  const hint = meant !== undefined && allowed.length > 3 ? `${quoted(meant)}: one of ` : 'one of ';
  return allowed.length === 1
    ? texts[0]!
    : `${hint}${texts.slice(0, 20).join(', ')}${texts.length > 20 ? ', …' : ''}`;
}

function alternatives(keyword: string, limits: Mapping): string {
  const branches = limits[keyword];
  if (keyword === 'not') return 'something else';
  const words = isSequence(branches) ? branches.map(describeBranch) : [];
  const text = words.every((word) => word !== undefined)
    ? words.join(' or ')
    : 'one of the forms of its schema';
  return keyword === 'oneOf' ? `exactly one of: ${text}` : text;
}

function describeBranch(branch: Value): string | undefined {
  if (!isMapping(branch)) return undefined;
  const words = Object.keys(branch);
  if (isSequence(branch.required) && words.length === 1)
    return `field ${branch.required.map((name) => `"${String(name)}"`).join(' and ')}`;
  if (typeof branch.format === 'string') return branch.format;
  if (typeof branch.pattern === 'string') return `text that matches ${branch.pattern}`;
  if (isSequence(branch.enum)) return listed(branch.enum, undefined);
  if (typeof branch.type === 'string') return branch.type;
  return undefined;
}

function bound(keyword: string, value: Value | undefined, limits: Mapping): string {
  const limit = String(
    limits[keyword.replace('exclusiveMin', 'min').replace('exclusiveMax', 'max')] ?? limits[keyword],
  );
  const size = isSequence(value)
    ? value.length
    : isMapping(value)
      ? Object.keys(value).length
      : typeof value === 'string'
        ? [...value].length
        : 0;
  switch (keyword) {
    case 'minimum':
      return `is ${describeValue(value)}, expected at least ${limit}`;
    case 'maximum':
      return `is ${describeValue(value)}, expected at most ${limit}`;
    case 'exclusiveMinimum':
      return `is ${describeValue(value)}, expected more than ${limit}`;
    case 'exclusiveMaximum':
      return `is ${describeValue(value)}, expected less than ${limit}`;
    case 'multipleOf':
      return `is ${describeValue(value)}, expected a multiple of ${limit}`;
    case 'minLength':
      return `has ${size} characters, expected at least ${limit}`;
    case 'maxLength':
      return `has ${size} characters, expected at most ${limit}`;
    case 'minItems':
      return `has ${size} items, expected at least ${limit}`;
    case 'maxItems':
      return `has ${size} items, expected at most ${limit}`;
    case 'fieldCount':
      return `has ${present(value)} fields, expected ${limits.maxProperties === undefined || present(value) < Number(limits.minProperties) ? `at least ${limits.minProperties}` : `at most ${limits.maxProperties}`}`;
    default:
      return `is ${describeValue(value)}, expected what its schema says (${keyword})`;
  }
}

const present = (value: Value | undefined): number =>
  isMapping(value) ? Object.values(value).filter((field) => field !== null).length : 0;
