import type { RuleViolation } from '../core/finding.ts';
import type { Path } from '../core/path.ts';
import type { Mapping, Value } from '../core/value.ts';
import { work } from '../core/work.ts';
import { explain } from './explain.ts';
import { isFreeText } from './free-text.ts';
import type { Linker, Validate } from './link.ts';
import type { Shape } from './shape.ts';

interface Part {
  /** The name of its function, which is made when a value first needs it. */
  readonly name: string;
  /** What was found in a value that was seen before: rendered manifests share their parts. */
  readonly known: WeakMap<object, readonly RuleViolation[]>;
}

const NONE: readonly RuleViolation[] = Object.freeze([]);

/**
 * Holds objects of one kind to their schema. The object itself and its metadata are looked at each time, each of its
 * other fields (spec, data …) once for each value: two objects that share their `spec` have it validated once.
 */
export class KindSchema {
  readonly #linker: Linker;
  readonly #definition: string;
  readonly #root: Validate;
  readonly #parts = new Map<string, Part>();

  constructor(linker: Linker, definition: string) {
    this.#linker = linker;
    this.#definition = definition;
    const { validate, parts } = linker.root(definition);
    this.#root = validate;
    for (const [field, name] of parts) this.#parts.set(field, { name, known: new WeakMap() });
  }

  check(manifest: Mapping): readonly RuleViolation[] {
    let found = this.#run(this.#root, manifest, () => this.#linker.shape(this.#definition), []);
    for (const field in manifest) {
      const part = this.#parts.get(field);
      const value = manifest[field]!;
      if (part === undefined || value === null) continue;
      const inner = this.#partOf(part, field, value);
      if (inner.length > 0) found = found.length === 0 ? inner : [...found, ...inner];
    }
    return found;
  }

  /** Whether it asks nothing of what stands there but that it is a text. */
  isFreeText(path: Path): boolean {
    return isFreeText(this.#linker.shape(this.#definition), path, (name) => this.#linker.shape(name));
  }

  #partOf(part: Part, field: string, value: Value): readonly RuleViolation[] {
    const shape = () => this.#linker.partShape(this.#definition, field);
    const validate = this.#linker.get(part.name);
    if (typeof value !== 'object' || value === null) return this.#run(validate, value, shape, [field]);
    // Metadata is every object's own.
    let found = field === 'metadata' ? undefined : part.known.get(value);
    if (found === undefined) {
      work.partsValidated++;
      found = this.#run(validate, value, shape, [field]);
      if (field !== 'metadata') part.known.set(value, found);
    } else work.partsKnown++;
    return found;
  }

  #run(
    validate: Validate,
    value: Value,
    shape: () => Shape,
    at: readonly string[],
  ): readonly RuleViolation[] {
    if (validate(value)) return NONE;
    const resolve = (name: string) => this.#linker.shape(name);
    return explain(validate.errors ?? [], { value, shape: shape(), at, resolve });
  }
}
