import type { Path } from '../core/path.ts';
import { follow, type Resolve, type Shape } from './shape.ts';

/** Whether a schema asks nothing of what stands at that place but that it is a text: one is as good as another. */
export function isFreeText(shape: Shape, path: Path, resolve: Resolve): boolean {
  let now = shape;
  for (const [index, step] of path.entries()) {
    const outer = follow(now, resolve);
    if (isLimited(now) || isLimited(outer)) return false;
    if (outer.is === 'list') {
      const next = path[index + 1];
      // What items are told apart by.
      if (outer.set === true || outer.keys?.some((key) => key === next) === true) return false;
      now = outer.items;
    } else if (outer.is === 'map') now = outer.values;
    else if (outer.is === 'struct' && outer.fields[step] !== undefined) now = outer.fields[step];
    else return false;
  }
  const end = follow(now, resolve);
  return end.is === 'scalar' && end.scalar === 'string' && !isLimited(now) && !isLimited(end);
}

/** Limits may ask for anything below, as may rules. */
function isLimited({ limits, rules }: Shape): boolean {
  return limits !== undefined || rules !== undefined;
}
