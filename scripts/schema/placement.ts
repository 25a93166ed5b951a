import type { Path } from '../core/path.ts';

import { follow, type Resolve, type Shape } from './shape.ts';
import type { Spot } from './spot.ts';

/**
 * Where a field of that name would be at home: one or two levels down, else up. Undefined where nowhere near. Of several
 * homes the one that also takes the most of `others`, the unknown fields beside it.
 */
export function whereItBelongs(
  { path, shapes }: Spot,
  name: string,
  others: readonly string[],
  resolve: Resolve,
): Path | undefined {
  const here = shapes.at(-1);
  if (here !== undefined) {
    const down = below(here, name, others, resolve, 2);
    if (down !== undefined) return [...path, ...down];
  }
  for (let up = shapes.length - 2, depth = path.length - 1; up >= 0 && depth >= 0; up--, depth--) {
    const shape = follow(shapes[up]!, resolve);
    if (shape.is === 'struct' && Object.hasOwn(shape.fields, name)) {
      return path.slice(0, depth);
    }
  }
  return undefined;
}

/** The shortest way down to a field of that name, through structs. */
function below(
  shape: Shape,
  name: string,
  others: readonly string[],
  resolve: Resolve,
  levels: number,
): Path | undefined {
  const struct = follow(shape, resolve);
  if (struct.is !== 'struct' || levels === 0) return undefined;
  const inside: (readonly [string, Shape])[] = [];
  let best: string | undefined;
  let most = -1;
  for (const field of Object.keys(struct.fields).sort()) {
    const end = follow(struct.fields[field]!, resolve);
    if (end.is !== 'struct') continue;
    inside.push([field, end]);
    if (!Object.hasOwn(end.fields, name)) continue;
    const fitting = others.filter((other) => Object.hasOwn(end.fields, other)).length;
    if (fitting > most) {
      best = field;
      most = fitting;
    }
  }
  if (best !== undefined) return [best];
  for (const [field, end] of inside) {
    const deeper = below(end, name, others, resolve, levels - 1);
    if (deeper !== undefined) return [field, ...deeper];
  }
  return undefined;
}
