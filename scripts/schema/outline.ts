import { createHash } from 'node:crypto';
import { writeShape } from './notation.ts';
import type { Shape } from './shape.ts';

/**
 * Gives every object with fields a definition of its own, so that what occurs twice is stored and compiled once.
 * The first occurrence in reading order names it: `argoproj.io/v1alpha1.Application.spec.source`.
 */
export class Outline {
  readonly definitions = new Map<string, Shape>();
  readonly #names = new Map<string, string>();

  /** The root's own definition gets exactly this name. */
  addRoot(name: string, shape: Shape): void {
    this.definitions.set(name, shape);
    this.definitions.set(name, this.#inside(shape, name));
  }

  #inside(shape: Shape, at: string): Shape {
    switch (shape.is) {
      case 'struct': {
        const fields: Record<string, Shape> = {};
        for (const [name, field] of Object.entries(shape.fields))
          fields[name] = this.#outline(field, `${at}.${name}`);
        return { ...shape, fields };
      }
      case 'list':
        return { ...shape, items: this.#outline(shape.items, `${at}[]`) };
      case 'map':
        return { ...shape, values: this.#outline(shape.values, `${at}{}`) };
      default:
        return shape;
    }
  }

  /** A struct becomes a reference; its default and nullability stay where it is used. */
  #outline(shape: Shape, at: string): Shape {
    if (shape.is !== 'struct') return this.#inside(shape, at);
    const { nullable, default: standard, ...own } = shape;
    const content = createHash('sha256')
      .update(JSON.stringify(writeShape(own)))
      .digest('hex');
    let name = this.#names.get(content);
    if (name === undefined) {
      name = at;
      this.#names.set(content, name);
      this.definitions.set(name, own);
      this.definitions.set(name, this.#inside(own, at));
    }
    return {
      is: 'ref',
      name,
      ...(nullable === undefined ? {} : { nullable }),
      ...(standard === undefined ? {} : { default: standard }),
    };
  }
}
