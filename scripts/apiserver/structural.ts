import { isMapping, type Mapping, type Value } from '../core/value.ts';
import { follow, type Resolve, type Shape } from '../schema/shape.ts';

const made = new WeakMap<Shape, Mapping>();
const NOTHING: Mapping = Object.freeze({});
const OBJECT: Mapping = Object.freeze({ type: 'object' });

/** The schema of a custom resource as its definition wrote it, as far as rules in CEL ask for it. */
export function structuralOf(shape: Shape, resolve: Resolve): Mapping {
  // The metadata of every object, which no rule sees but for its names.
  if (shape.is === 'ref' && shape.name.startsWith('meta.v1.')) return OBJECT;
  let schema = made.get(shape);
  if (schema === undefined) {
    const target = follow(shape, resolve);
    const standard = shape.default ?? target.default;
    const rules = shape.rules ?? target.rules;
    schema = {
      ...typed(target, resolve),
      ...(standard !== undefined && { default: standard }),
      ...(rules !== undefined && { 'x-kubernetes-validations': rules }),
      ...((shape.nullable ?? target.nullable) === true && { nullable: true }),
    };
    made.set(shape, schema);
  }
  return schema;
}

function typed(shape: Exclude<Shape, { is: 'ref' }>, resolve: Resolve): Mapping {
  switch (shape.is) {
    case 'scalar':
      return scalar(shape.scalar, shape.limits?.format);
    case 'list':
      return { type: 'array', items: structuralOf(shape.items, resolve) };
    case 'map': {
      const values = structuralOf(shape.values, resolve);
      return values === NOTHING || Object.keys(values).length === 0
        ? OBJECT
        : { type: 'object', additionalProperties: values };
    }
    case 'struct': {
      const properties: Record<string, Value> = {};
      for (const name of Object.keys(shape.fields))
        properties[name] = structuralOf(shape.fields[name]!, resolve);
      return { type: 'object', properties };
    }
    default:
      return NOTHING;
  }
}

function scalar(name: string, format: Value | undefined): Mapping {
  switch (name) {
    case 'bool':
      return { type: 'boolean' };
    case 'number':
      return { type: 'number' };
    case 'int':
    case 'int32':
    case 'int64':
      return { type: 'integer' };
    case 'string':
      return typeof format === 'string' ? { type: 'string', format } : { type: 'string' };
    default:
      return name.endsWith('-or-string') ? { 'x-kubernetes-int-or-string': true } : { type: 'string' };
  }
}

/** A word of the schema stands somewhere in it; kept for each part, since objects are walked along it. */
export class Bearing {
  readonly #word: string;
  readonly #known = new WeakMap<Mapping, boolean>();
  readonly #fields = new WeakMap<Mapping, readonly (readonly [string, Mapping])[]>();

  constructor(word: string) {
    this.#word = word;
  }

  has(schema: Mapping): boolean {
    let known = this.#known.get(schema);
    if (known === undefined) {
      known = schema[this.#word] !== undefined || [...childrenOf(schema)].some((child) => this.has(child));
      this.#known.set(schema, known);
    }
    return known;
  }

  /** The fields of an object in which the word stands. */
  fields(schema: Mapping): readonly (readonly [string, Mapping])[] {
    let fields = this.#fields.get(schema);
    if (fields === undefined) {
      const { properties } = schema;
      fields = Object.entries(isMapping(properties) ? properties : {}).flatMap(([name, part]) =>
        isMapping(part) && this.has(part) ? [[name, part] as const] : [],
      );
      this.#fields.set(schema, fields);
    }
    return fields;
  }
}

function* childrenOf({ properties, items, additionalProperties }: Mapping): Generator<Mapping> {
  if (isMapping(properties))
    for (const key of Object.keys(properties)) if (isMapping(properties[key])) yield properties[key];
  if (isMapping(items)) yield items;
  if (isMapping(additionalProperties)) yield additionalProperties;
}
