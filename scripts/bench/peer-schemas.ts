import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Library, LibraryFolder } from '../schema/library.ts';
import type { Scalar, Shape } from '../schema/shape.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

/** Our schemas of Kubernetes as strict JSON Schema files by the names that kubeconform asks for. Gives their folder. */
export function writeSchemas(from: string, minor: string, dir: string): string {
  mkdirSync(dir, { recursive: true });
  const library = new LibraryFolder(from).kubernetes(minor);
  for (const key of library.kindKeys()) {
    const [apiVersion = '', kind = ''] = key.split(' ');
    const definition = library.kind(key)?.definition;
    if (definition === undefined) continue;
    const schema = { ...reference(definition), definitions: reachable(definition, library) };
    writeFileSync(join(dir, `${kind.toLowerCase()}${suffix(apiVersion)}.json`), JSON.stringify(schema));
  }
  return dir;
}

/** `networking.k8s.io/v1` → `-networking-v1` (kubeconform's KindSuffix). */
function suffix(apiVersion: string): string {
  const [group, version] = apiVersion.split('/');
  return version === undefined ? `-${group}` : `-${group?.split('.')[0]}-${version}`;
}

function reachable(root: string, library: Library): Record<string, JsonSchema> {
  const definitions: Record<string, JsonSchema> = {};
  const open = [root];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (name in definitions) continue;
    const shape = library.shape(name);
    definitions[name] = shape === undefined ? {} : jsonSchema(shape, (next) => open.push(next));
  }
  return definitions;
}

const reference = (name: string): JsonSchema => ({ $ref: `#/definitions/${name}` });

const SCALAR_TYPES: Readonly<Record<Scalar, readonly string[]>> = {
  string: ['string', 'null'],
  bool: ['boolean', 'null'],
  int: ['integer', 'null'],
  int32: ['integer', 'null'],
  int64: ['integer', 'null'],
  number: ['number', 'null'],
  quantity: ['string', 'number', 'null'],
  'int-or-string': ['string', 'integer', 'null'],
  'int64-or-string': ['string', 'integer', 'null'],
  bytes: ['string', 'null'],
  'date-time': ['string', 'null'],
  'micro-time': ['string', 'null'],
};

function jsonSchema(shape: Shape, visit: (name: string) => void): JsonSchema {
  const inner = (each: Shape) => jsonSchema(each, visit);
  switch (shape.is) {
    case 'any':
      return {};
    case 'scalar':
      return { type: SCALAR_TYPES[shape.scalar] };
    case 'ref':
      visit(shape.name);
      return reference(shape.name);
    case 'map':
      return { type: ['object', 'null'], additionalProperties: inner(shape.values) };
    case 'list':
      return { type: ['array', 'null'], items: inner(shape.items) };
    case 'either':
      return { anyOf: shape.options.map(inner) };
    case 'struct':
      return {
        type: ['object', 'null'],
        properties: Object.fromEntries(
          Object.entries(shape.fields).map(([name, field]) => [name, inner(field)]),
        ),
        ...(shape.required.length > 0 ? { required: shape.required } : {}),
        ...(shape.open === true ? {} : { additionalProperties: false }),
      };
  }
}
