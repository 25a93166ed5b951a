import type { RuleViolation } from '../core/finding.ts';
import type { Mapping, Value } from '../core/value.ts';
import { explain } from './explain.ts';
import type { Linker, Validate } from './link.ts';
import { ANY, follow, type Shape } from './shape.ts';

interface Part {
  readonly shape: Shape;
  readonly validate: Validate;
  /** What was found in a value that was seen before: rendered manifests share their parts. */
  readonly known: WeakMap<object, readonly RuleViolation[]>;
}

const NONE: readonly RuleViolation[] = Object.freeze([]);

/**
 * Holds objects of one kind to their schema. The object itself is looked at each time, each of its fields (metadata,
 * spec, data …) once for each value: two objects that share their `spec` have it validated once.
 */
export class KindSchema {
  readonly #linker: Linker;
  readonly #root: Validate;
  readonly #rootShape: Shape;
  readonly #parts = new Map<string, Part>();

  constructor(linker: Linker, definition: string) {
    this.#linker = linker;
    const shape = linker.shape(definition);
    this.#rootShape = shape;
    const struct = follow(shape, (name) => linker.shape(name));
    const outer: Record<string, Shape> = {};
    for (const [name, field] of Object.entries(struct.is === 'struct' ? struct.fields : {})) {
      const isPart = field.is !== 'scalar' && field.is !== 'any';
      outer[name] = isPart ? ANY : field;
      if (isPart) this.#parts.set(name, this.#part(definition, name, field));
    }
    this.#root =
      struct.is === 'struct'
        ? linker.add(`${definition}@`, { ...struct, fields: outer }, definition)
        : linker.get(definition);
  }

  #part(definition: string, name: string, shape: Shape): Part {
    const validate: Validate = Object.assign((...args: Parameters<Validate>) => {
      const made =
        shape.is === 'ref' && shape.limits === undefined
          ? this.#linker.get(shape.name)
          : this.#linker.add(`${definition}@${name}`, shape, definition);
      const valid = made(...args);
      validate.errors = made.errors ?? null;
      return valid;
    }, {});
    return { shape, validate, known: new WeakMap() };
  }

  check(manifest: Mapping): readonly RuleViolation[] {
    let found = this.#run(this.#root, manifest, this.#rootShape, []);
    for (const name in manifest) {
      const part = this.#parts.get(name);
      const value = manifest[name]!;
      if (part === undefined || value === null) continue;
      const inner = this.#partOf(part, name, value);
      if (inner.length > 0) found = found.length === 0 ? inner : [...found, ...inner];
    }
    return found;
  }

  #partOf(part: Part, name: string, value: Value): readonly RuleViolation[] {
    if (typeof value !== 'object' || value === null)
      return this.#run(part.validate, value, part.shape, [name]);
    let found = part.known.get(value);
    if (found === undefined) {
      found = this.#run(part.validate, value, part.shape, [name]);
      part.known.set(value, found);
    }
    return found;
  }

  #run(validate: Validate, value: Value, shape: Shape, at: readonly string[]): readonly RuleViolation[] {
    if (validate(value)) return NONE;
    return explain(validate.errors ?? [], value, shape, at, (name) => this.#linker.shape(name));
  }
}
