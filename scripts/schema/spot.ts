import type { Path } from '../core/path.ts';
import { isMapping, isSequence, type Value } from '../core/value.ts';
import { ANY, follow, type Resolve, type Shape } from './shape.ts';

/** Where a fault lies: the values and shapes from the object's part down to it. */
export interface Spot {
  readonly path: Path;
  readonly values: readonly (Value | undefined)[];
  readonly shapes: readonly Shape[];
}

/** The part of an object that faults are told of. */
export interface Part {
  readonly value: Value;
  readonly shape: Shape;
  /** Where it stands in its object. */
  readonly at: Path;
  readonly resolve: Resolve;
}

/** @param pointer as ajv gives it, from the part's own root */
export function locate(pointer: string, { value, shape, at, resolve }: Part): Spot {
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

/** The fields that are known at a spot, and whether others are kept. */
export function fieldsAt(
  spot: Spot,
  resolve: Resolve,
): { readonly fields: Readonly<Record<string, Shape>>; readonly open: boolean } {
  const struct = follow(spot.shapes.at(-1) ?? ANY, resolve);
  return struct.is === 'struct'
    ? { fields: struct.fields, open: struct.open === true }
    : { fields: {}, open: true };
}
