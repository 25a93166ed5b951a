import type { Mapping, Value } from '../core/value.ts';

/** Scalars as Go's types decode them; the names are those of the files in `schemas/`. */
export const SCALARS = [
  'string',
  'bool',
  /** Any integer that fits 64 bits. */
  'int',
  'int32',
  'int64',
  'number',
  /** `resource.Quantity`: text by its grammar, or a number. */
  'quantity',
  'int-or-string',
  /** The same in custom resources, whose integers have 64 bits. */
  'int64-or-string',
  /** `[]byte`: padded base64. */
  'bytes',
  /** `metav1.Time`: RFC 3339. */
  'date-time',
  /** `metav1.MicroTime`: RFC 3339 with exactly six decimals. */
  'micro-time',
] as const;
export type Scalar = (typeof SCALARS)[number];

/** Rules on a value beyond its type, in JSON Schema's own words. */
export type Limits = Mapping;

interface Common {
  /** `null` is a value of its own here; elsewhere it means absent. */
  readonly nullable?: boolean;
  readonly limits?: Limits;
  readonly default?: Value;
  /** Only unknown fields count: the server drops the value before it looks at types. */
  readonly loose?: boolean;
  /** Rules in CEL (`x-kubernetes-validations`): not for ajv, but for those that evaluate them. */
  readonly rules?: readonly Value[];
}

export interface ScalarShape extends Common {
  readonly is: 'scalar';
  readonly scalar: Scalar;
}
export interface ListShape extends Common {
  readonly is: 'list';
  readonly items: Shape;
  /** The fields that make an item unique (`x-kubernetes-list-type: map`). */
  readonly keys?: readonly string[];
  /** Items are unique (`x-kubernetes-list-type: set`). */
  readonly set?: boolean;
}
export interface MapShape extends Common {
  readonly is: 'map';
  readonly values: Shape;
}
export interface StructShape extends Common {
  readonly is: 'struct';
  readonly fields: Readonly<Record<string, Shape>>;
  readonly required: readonly string[];
  /** Other fields are kept as they are (`x-kubernetes-preserve-unknown-fields`). */
  readonly open?: boolean;
}
/** Another definition of the same cluster, by name. */
export interface RefShape extends Common {
  readonly is: 'ref';
  readonly name: string;
}
/** Anything at all. */
export interface AnyShape extends Common {
  readonly is: 'any';
}
/** Whichever of these fits the kind of value: Kubernetes' `JSONSchemaPropsOrBool` and its like. */
export interface EitherShape extends Common {
  readonly is: 'either';
  readonly options: readonly Shape[];
}

export type Shape = ScalarShape | ListShape | MapShape | StructShape | RefShape | AnyShape | EitherShape;

export const ANY: AnyShape = Object.freeze({ is: 'any' });

/** Finds a definition by its name. */
export type Resolve = (name: string) => Shape;

/** Whether rules in CEL stand anywhere in it, as far as it refers to nothing. */
export function hasRules(shape: Shape): boolean {
  if (shape.rules !== undefined) return true;
  if (shape.is === 'struct') return Object.values(shape.fields).some(hasRules);
  if (shape.is === 'list') return hasRules(shape.items);
  return shape.is === 'map' && hasRules(shape.values);
}

/** The shape behind references, with what the references themselves add. */
export function follow(shape: Shape, resolve: Resolve): Exclude<Shape, RefShape> {
  let current = shape;
  // A definition that is nothing but a reference to itself would not end; the generator never writes one.
  for (let steps = 0; current.is === 'ref' && steps < 32; steps++) current = resolve(current.name);
  return current.is === 'ref' ? ANY : current;
}
