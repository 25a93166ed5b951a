import { toFieldPath } from '../core/path.ts';
import type { Spot } from './explain.ts';
import { follow, type Resolve, type Shape } from './shape.ts';

/** Where a field of that name would be at home: one or two levels down, else up. Undefined where nowhere near. */
export function whereItBelongs({ path, shapes }: Spot, name: string, resolve: Resolve): string | undefined {
  const here = shapes.at(-1);
  if (here !== undefined) {
    const down = below(here, name, resolve, 2);
    if (down !== undefined) return toFieldPath([...path, ...down]);
  }
  for (let up = shapes.length - 2, depth = path.length - 1; up >= 0 && depth >= 0; up--, depth--) {
    const shape = follow(shapes[up]!, resolve);
    if (shape.is === 'struct' && Object.hasOwn(shape.fields, name)) {
      const outer = toFieldPath(path.slice(0, depth));
      return outer === '' ? 'the object itself' : outer;
    }
  }
  return undefined;
}

/** The shortest way down to a field of that name, through structs and the items of lists. */
function below(
  shape: Shape,
  name: string,
  resolve: Resolve,
  levels: number,
): readonly (string | number)[] | undefined {
  const struct = follow(shape, resolve);
  if (struct.is !== 'struct' || levels === 0) return undefined;
  const inside: (readonly [string | number, Shape])[] = [];
  for (const field of Object.keys(struct.fields).sort()) {
    const end = follow(struct.fields[field]!, resolve);
    if (end.is !== 'struct') continue;
    if (Object.hasOwn(end.fields, name)) return [field];
    inside.push([field, end]);
  }
  for (const [field, end] of inside) {
    const deeper = below(end, name, resolve, levels - 1);
    if (deeper !== undefined) return [field, ...deeper];
  }
  return undefined;
}
