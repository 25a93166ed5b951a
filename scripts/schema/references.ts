import type { Shape } from './shape.ts';

/** The names that a shape refers to. */
export function* references(shape: Shape): Generator<string> {
  switch (shape.is) {
    case 'ref':
      yield shape.name;
      break;
    case 'list':
      yield* references(shape.items);
      break;
    case 'map':
      yield* references(shape.values);
      break;
    case 'struct':
      for (const name in shape.fields) yield* references(shape.fields[name]!);
      break;
    case 'either':
      for (const option of shape.options) yield* references(option);
      break;
  }
}
