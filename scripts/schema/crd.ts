import { isMapping, isSequence, type Mapping, type Value } from '../core/value.ts';
import { ANY, type Limits, type Shape, type StructShape } from './shape.ts';

/** One version of a custom resource. */
export interface CustomKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly served: boolean;
  readonly deprecated: boolean;
  readonly deprecationWarning: string | undefined;
  readonly shape: Shape;
}

/** A part of a CustomResourceDefinition that cannot be read as one. */
export interface BrokenDefinition {
  readonly at: readonly (string | number)[];
  readonly message: string;
}

export interface CustomKinds {
  readonly kinds: readonly CustomKind[];
  readonly problems: readonly BrokenDefinition[];
}

const META: Shape = { is: 'ref', name: 'meta.v1.ObjectMeta' };
const TEXT: Shape = { is: 'scalar', scalar: 'string' };

/** The kinds that a CustomResourceDefinition (apiextensions.k8s.io/v1) makes a server know. */
export function kindsOf(definition: Mapping): CustomKinds {
  const problems: BrokenDefinition[] = [];
  const kinds: CustomKind[] = [];
  const spec = definition.spec;
  if (!isMapping(spec)) return { kinds, problems: [{ at: ['spec'], message: 'is missing' }] };
  const { group, names, scope, versions } = spec;
  const kind = isMapping(names) ? names.kind : undefined;
  if (typeof group !== 'string') problems.push({ at: ['spec', 'group'], message: 'is no text' });
  if (typeof kind !== 'string') problems.push({ at: ['spec', 'names', 'kind'], message: 'is no text' });
  if (!isSequence(versions)) problems.push({ at: ['spec', 'versions'], message: 'is no list' });
  if (typeof group !== 'string' || typeof kind !== 'string' || !isSequence(versions))
    return { kinds, problems };
  for (const [index, version] of versions.entries()) {
    const at = ['spec', 'versions', index];
    if (!isMapping(version) || typeof version.name !== 'string') {
      problems.push({ at, message: 'has no name' });
      continue;
    }
    const schema = isMapping(version.schema) ? version.schema.openAPIV3Schema : undefined;
    const read = new Reader(problems, [...at, 'schema', 'openAPIV3Schema']);
    kinds.push({
      apiVersion: `${group}/${version.name}`,
      kind,
      namespaced: scope !== 'Cluster',
      served: version.served !== false,
      deprecated: version.deprecated === true,
      deprecationWarning:
        typeof version.deprecationWarning === 'string' ? version.deprecationWarning : undefined,
      shape: loosenStatus(read.root(schema), version),
    });
  }
  return { kinds, problems };
}

/** Reads a structural schema; what it cannot read is a problem and stands for anything. */
class Reader {
  readonly #problems: BrokenDefinition[];
  readonly #base: readonly (string | number)[];

  constructor(problems: BrokenDefinition[], base: readonly (string | number)[]) {
    this.#problems = problems;
    this.#base = base;
  }

  root(schema: Value | undefined): Shape {
    const meta = { apiVersion: TEXT, kind: TEXT, metadata: META };
    if (!isMapping(schema)) {
      if (schema !== undefined) this.#broken([], 'is no mapping');
      return { is: 'struct', fields: meta, required: [], open: true };
    }
    const shape = this.#read(schema, []);
    if (shape.is === 'map') return { is: 'struct', fields: meta, required: [], open: true };
    if (shape.is !== 'struct') {
      this.#broken([], 'is not of type object');
      return { is: 'struct', fields: meta, required: [], open: true };
    }
    // The server itself checks these three, whatever the schema says of them; rules on metadata.name still count.
    const required = shape.required.filter(
      (name) => name !== 'metadata' && name !== 'apiVersion' && name !== 'kind',
    );
    return { ...shape, required, fields: { ...shape.fields, ...meta } };
  }

  #broken(at: readonly (string | number)[], message: string): void {
    this.#problems.push({ at: [...this.#base, ...at], message });
  }

  #read(schema: Mapping, at: readonly (string | number)[]): Shape {
    const shape = this.#typed(schema, at);
    const limits = limitsOf(schema, shape);
    const rules = schema['x-kubernetes-validations'];
    const common = {
      ...(schema.nullable === true ? { nullable: true } : {}),
      ...(schema.default !== undefined ? { default: schema.default } : {}),
      ...(limits !== undefined ? { limits } : {}),
      ...(isSequence(rules) && rules.length > 0 ? { rules: rules.map(ruleOf) } : {}),
    };
    return { ...shape, ...common };
  }

  #typed(schema: Mapping, at: readonly (string | number)[]): Shape {
    const open = schema['x-kubernetes-preserve-unknown-fields'] === true;
    if (schema['x-kubernetes-int-or-string'] === true) return { is: 'scalar', scalar: 'int64-or-string' };
    switch (schema.type) {
      case 'object':
        return this.#object(schema, at, open);
      case 'array': {
        const items = isMapping(schema.items) ? this.#read(schema.items, [...at, 'items']) : ANY;
        const keys = schema['x-kubernetes-list-map-keys'];
        const type = schema['x-kubernetes-list-type'];
        if (type === 'map' && isSequence(keys)) return { is: 'list', items, keys: keys.filter(isText) };
        return type === 'set' ? { is: 'list', items, set: true } : { is: 'list', items };
      }
      case 'string':
        return TEXT;
      case 'boolean':
        return { is: 'scalar', scalar: 'bool' };
      case 'integer':
        return { is: 'scalar', scalar: 'int' };
      case 'number':
        return { is: 'scalar', scalar: 'number' };
      default:
        if (schema.type !== undefined && schema.type !== '')
          this.#broken([...at, 'type'], `is ${JSON.stringify(schema.type)}, expected a type of JSON Schema`);
        // Without a type only what is preserved is legal; nested properties still count.
        return isMapping(schema.properties) ? this.#object(schema, at, open) : ANY;
    }
  }

  #object(schema: Mapping, at: readonly (string | number)[], open: boolean): Shape {
    const { properties, additionalProperties } = schema;
    const embedded = schema['x-kubernetes-embedded-resource'] === true;
    if (!embedded && !isMapping(properties)) {
      if (isMapping(additionalProperties))
        return { is: 'map', values: this.#read(additionalProperties, [...at, 'additionalProperties']) };
      if (additionalProperties === true || open) return { is: 'map', values: ANY };
    }
    const fields: Record<string, Shape> = {};
    for (const [name, value] of Object.entries(isMapping(properties) ? properties : {})) {
      if (isMapping(value)) fields[name] = this.#read(value, [...at, 'properties', name]);
      else this.#broken([...at, 'properties', name], 'is no mapping');
    }
    // A required field with a default is never missing: the server fills it in before it looks.
    const named = isSequence(schema.required) ? schema.required.filter(isText) : [];
    const required = named.filter((name) => fields[name]?.default === undefined);
    const shape: StructShape = { is: 'struct', fields, required, ...(open ? { open } : {}) };
    return embedded ? embed(shape) : shape;
  }
}

const isText = (value: Value): value is string => typeof value === 'string';

/** What an evaluation needs of a rule. */
function ruleOf(rule: Value): Value {
  if (!isMapping(rule)) return {};
  const kept: Record<string, Value> = {};
  for (const key of ['rule', 'message', 'messageExpression', 'fieldPath', 'optionalOldSelf'])
    if (rule[key] !== undefined) kept[key] = rule[key];
  return kept;
}

/** `x-kubernetes-embedded-resource`: an object with the three fields of every object. */
function embed(shape: StructShape): StructShape {
  const fields = { ...shape.fields, apiVersion: TEXT, kind: TEXT, metadata: META };
  return { ...shape, fields, required: [...new Set([...shape.required, 'apiVersion', 'kind'])] };
}

/** Rules beyond the type that the server holds an object to, in JSON Schema's words. */
const LIMITS = [
  'enum',
  'pattern',
  'format',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'allOf',
  'anyOf',
  'oneOf',
  'not',
];

function limitsOf(schema: Mapping, shape: Shape): Limits | undefined {
  const limits: Record<string, Value> = {};
  const intOrString = shape.is === 'scalar' && shape.scalar === 'int64-or-string';
  for (const word of LIMITS) {
    const value = schema[word];
    if (value === undefined) continue;
    // The `anyOf` of integer and string beside x-kubernetes-int-or-string says what the type says already.
    if (intOrString && word === 'anyOf' && isSequence(value) && value.every(isBareType)) continue;
    limits[word] = value;
  }
  return Object.keys(limits).length === 0 ? undefined : limits;
}

function isBareType(value: Value): boolean {
  return isMapping(value) && Object.keys(value).length === 1 && value.type !== undefined;
}

/**
 * Where status is a subresource, the server drops it when an object is created: unknown fields in it are refused while
 * decoding, everything else goes unseen.
 */
function loosenStatus(shape: Shape, version: Mapping): Shape {
  if (shape.is !== 'struct' || !isMapping(version.subresources) || !isMapping(version.subresources.status))
    return shape;
  const { status, ...fields } = shape.fields;
  const required = shape.required.filter((name) => name !== 'status');
  return status === undefined ? shape : { ...shape, required, fields: { ...fields, status: loosen(status) } };
}

function loosen(shape: Shape): Shape {
  switch (shape.is) {
    case 'struct': {
      const fields: Record<string, Shape> = {};
      for (const [name, field] of Object.entries(shape.fields)) fields[name] = loosen(field);
      return {
        is: 'struct',
        fields,
        required: [],
        loose: true,
        ...(shape.open === true ? { open: true } : {}),
      };
    }
    case 'list':
      return { is: 'list', items: loosen(shape.items), loose: true };
    case 'map':
      return { is: 'map', values: loosen(shape.values), loose: true };
    default:
      return ANY;
  }
}
