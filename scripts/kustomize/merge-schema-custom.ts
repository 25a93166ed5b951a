import { isMapping, isSequence, type Mapping, type Value } from '../core/value.ts';
import type { Place } from '../yaml/node.ts';
import { failAt } from './failure.ts';
import type { MergeSchema, MergeSchemas } from './merge-schema.ts';

type Resolve = (name: string) => MergeSchema | undefined;

/**
 * The definitions of an OpenAPI document (`openapi.path`).
 *
 * @param others where a reference is looked up that the document does not define
 */
export function customMergeSchemas(document: Value, others?: MergeSchemas, place?: Place): MergeSchemas {
  const definitions = mappingAt(document, 'definitions');
  const byKind = new Map<string, Mapping>();
  for (const name of Object.keys(definitions ?? {}).sort()) {
    const definition = own(definitions, name);
    for (const kind of kindsOf(definition, place)) if (isMapping(definition)) byKind.set(kind, definition);
  }
  const resolve: Resolve = (name) => {
    const definition = own(definitions, name);
    return isMapping(definition) ? mergeSchemaOf(definition, resolve) : others?.definition(name);
  };
  return {
    definition: resolve,
    place,
    ofKind(apiVersion, kind) {
      const definition = byKind.get(`${apiVersion}/${kind}`);
      return definition === undefined ? others?.ofKind(apiVersion, kind) : mergeSchemaOf(definition, resolve);
    },
  };
}

const known = new WeakMap<Mapping, { readonly resolve: Resolve; readonly schema: MergeSchema }>();

/** One OpenAPI schema; undefined where it refers to nothing. */
export function mergeSchemaOf(schema: Mapping, resolve: Resolve): MergeSchema | undefined {
  if (typeof schema.$ref === 'string' && schema.$ref !== '') {
    const name = /^#\/definitions\/(.+)$/.exec(schema.$ref)?.[1];
    return name === undefined ? undefined : resolve(name.replaceAll('~1', '/').replaceAll('~0', '~'));
  }
  const before = known.get(schema);
  if (before !== undefined && before.resolve === resolve) return before.schema;
  const at = (value: Value | undefined) => (isMapping(value) ? mergeSchemaOf(value, resolve) : undefined);
  const wrapped: MergeSchema = {
    mergeKeys: mergeKeysOf(schema),
    field: (name) =>
      at(own(mappingAt(schema, 'properties'), name) ?? mappingAt(schema, 'additionalProperties')),
    elements: () => (isArray(schema) ? at(own(schema, 'items')) : undefined),
  };
  known.set(schema, { resolve, schema: wrapped });
  return wrapped;
}

function mergeKeysOf(schema: Mapping): readonly string[] | undefined {
  const strategy = own(schema, 'x-kubernetes-patch-strategy');
  if (typeof strategy !== 'string' || !strategy.split(',').includes('merge')) return undefined;
  const several = own(schema, 'x-kubernetes-list-map-keys');
  if (isSequence(several)) return several.filter((key) => typeof key === 'string');
  const single = own(schema, 'x-kubernetes-patch-merge-key');
  return typeof single === 'string' ? [single] : [];
}

/** `apps/v1/Deployment`, for each kind that the definition says it describes. */
function kindsOf(definition: Value | undefined, place: Place | undefined): string[] {
  const kinds = isMapping(definition) ? own(definition, 'x-kubernetes-group-version-kind') : undefined;
  if (!isSequence(kinds)) return [];
  return kinds.filter(isMapping).map((kind) => {
    if (typeof kind.version !== 'string' || typeof kind.kind !== 'string') {
      failAt(place, 'A definition has a group, version and kind of which one is no string, expected strings');
    }
    const group = typeof kind.group === 'string' && kind.group !== '' ? `${kind.group}/` : '';
    return `${group}${String(kind.version)}/${String(kind.kind)}`;
  });
}

function isArray(schema: Mapping): boolean {
  const type = own(schema, 'type');
  return type === 'array' || (isSequence(type) && type.length === 1 && type[0] === 'array');
}

function mappingAt(value: Value | undefined, key: string): Mapping | undefined {
  const found = isMapping(value) ? own(value, key) : undefined;
  return isMapping(found) ? found : undefined;
}

function own(mapping: Mapping | undefined, key: string): Value | undefined {
  return mapping !== undefined && Object.hasOwn(mapping, key) ? mapping[key] : undefined;
}
