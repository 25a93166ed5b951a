import { isMapping, isSequence, type Mapping, type Value } from '../core/value.ts';
import { ANY, type Shape } from './shape.ts';

const JSON_SCHEMA = 'apiextensions.v1.JSONSchemaProps';
const LAX = '.lax';
const LAX_SCHEMA: Shape = { is: 'ref', name: JSON_SCHEMA + LAX };

/** Types of Kubernetes whose Go code decodes them by hand: what the OpenAPI document says of them is not the half. */
const BY_HAND: Readonly<Record<string, Shape>> = {
  'api.resource.Quantity': { is: 'scalar', scalar: 'quantity' },
  'util.intstr.IntOrString': { is: 'scalar', scalar: 'int-or-string' },
  'meta.v1.Time': { is: 'scalar', scalar: 'date-time' },
  'meta.v1.MicroTime': { is: 'scalar', scalar: 'micro-time' },
  'meta.v1.FieldsV1': ANY,
  'meta.v1.Patch': ANY,
  'pkg.runtime.RawExtension': ANY,
  'apiextensions.v1.JSON': ANY,
  // These three hand a nested schema to a decoder that is not strict: types count, unknown fields do not.
  'apiextensions.v1.JSONSchemaPropsOrArray': {
    is: 'either',
    options: [LAX_SCHEMA, { is: 'list', items: LAX_SCHEMA }, ANY],
  },
  'apiextensions.v1.JSONSchemaPropsOrBool': {
    is: 'either',
    options: [{ is: 'scalar', scalar: 'bool' }, LAX_SCHEMA],
  },
  'apiextensions.v1.JSONSchemaPropsOrStringArray': {
    is: 'either',
    options: [LAX_SCHEMA, { is: 'list', items: { is: 'scalar', scalar: 'string' } }, ANY],
  },
};

/** `io.k8s.api.core.v1.Pod` → `core.v1.Pod`. */
export function shortName(name: string): string {
  return name.split('.').slice(-3).join('.');
}

/** The definitions of a Kubernetes OpenAPI document (version 2 or 3) as shapes, by their short names. */
export function shapesOfDefinitions(definitions: Mapping): Map<string, Shape> {
  const shapes = new Map<string, Shape>();
  for (const [name, schema] of Object.entries(definitions)) {
    const short = shortName(name);
    if (BY_HAND[short] !== undefined || !isMapping(schema)) continue;
    if (shapes.has(short)) throw new TypeError(`two definitions are called ${short}`);
    shapes.set(short, shapeOf(schema, name));
  }
  addLax(shapes);
  return shapes;
}

/** A second copy of what a CustomResourceDefinition's nested schemas are made of, open to unknown fields. */
function addLax(shapes: Map<string, Shape>): void {
  const add = (name: string) => {
    const shape = shapes.get(name);
    if (shape === undefined || shapes.has(name + LAX)) return;
    shapes.set(name + LAX, ANY);
    shapes.set(name + LAX, lax(shape));
  };
  const lax = (shape: Shape): Shape => {
    switch (shape.is) {
      case 'ref':
        if (shape.name.endsWith(LAX)) return shape;
        add(shape.name);
        return { ...shape, name: shape.name + LAX };
      case 'list':
        return { ...shape, items: lax(shape.items) };
      case 'map':
        return { ...shape, values: lax(shape.values) };
      case 'struct':
        return {
          ...shape,
          open: true,
          fields: Object.fromEntries(Object.entries(shape.fields).map(([name, field]) => [name, lax(field)])),
        };
      default:
        return shape;
    }
  };
  add(JSON_SCHEMA);
}

function shapeOf(schema: Mapping, at: string): Shape {
  const target = refOf(schema);
  if (target !== undefined) return BY_HAND[shortName(target)] ?? { is: 'ref', name: shortName(target) };
  const { type, format, properties, additionalProperties, items } = schema;
  if (format === 'int-or-string') return BY_HAND['util.intstr.IntOrString']!;
  if (isMapping(properties)) return structOf(properties, schema.required, at);
  switch (type) {
    case 'object':
      if (isMapping(additionalProperties))
        return { is: 'map', values: shapeOf(additionalProperties, `${at}{}`) };
      return { is: 'struct', fields: {}, required: [] };
    case 'array':
      return listOf(schema, isMapping(items) ? shapeOf(items, `${at}[]`) : ANY);
    case 'boolean':
      return { is: 'scalar', scalar: 'bool' };
    case 'integer':
      return { is: 'scalar', scalar: format === 'int32' ? 'int32' : 'int64' };
    case 'number':
      return { is: 'scalar', scalar: 'number' };
    case 'string':
      if (format === 'byte') return { is: 'scalar', scalar: 'bytes' };
      if (format === 'date-time') return { is: 'scalar', scalar: 'date-time' };
      return { is: 'scalar', scalar: 'string' };
    case undefined:
      return ANY;
    default:
      throw new TypeError(`unknown type ${JSON.stringify(type)} at ${at}`);
  }
}

function structOf(properties: Mapping, required: Value | undefined, at: string): Shape {
  const fields: Record<string, Shape> = {};
  for (const [name, schema] of Object.entries(properties)) {
    if (!isMapping(schema)) throw new TypeError(`no schema at ${at}.${name}`);
    const shape = shapeOf(schema, `${at}.${name}`);
    // The empty defaults of Go's zero values and of structs say nothing; a list key's default does.
    const standard = schema.default;
    fields[name] =
      typeof standard === 'string' && standard !== '' && shape.is === 'scalar'
        ? { ...shape, default: standard }
        : shape;
  }
  return { is: 'struct', fields, required: isSequence(required) ? required.map(String) : [] };
}

function listOf(schema: Mapping, items: Shape): Shape {
  const keys = schema['x-kubernetes-list-map-keys'];
  if (schema['x-kubernetes-list-type'] === 'map' && isSequence(keys))
    return { is: 'list', items, keys: keys.map(String) };
  if (schema['x-kubernetes-list-type'] === 'set') return { is: 'list', items, set: true };
  return { is: 'list', items };
}

/** `$ref`, also where version 3 wraps it in an `allOf` of one to give it a default. */
function refOf(schema: Mapping): string | undefined {
  const inner = isSequence(schema.allOf) && schema.allOf.length === 1 ? schema.allOf[0] : undefined;
  const ref = schema.$ref ?? (isMapping(inner) ? inner.$ref : undefined);
  return typeof ref === 'string' ? ref.slice(ref.lastIndexOf('/') + 1) : undefined;
}
