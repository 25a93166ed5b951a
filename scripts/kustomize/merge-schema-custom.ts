import { isMapping, isSequence, type Mapping, type Value } from '../core/value.ts';
import type { MergeSchema, MergeSchemas } from './merge-schema.ts';

/** The definitions of an OpenAPI document (`openapi.path`), which take the place of the built-in ones. */
export function customMergeSchemas(document: Value): MergeSchemas {
  const definitions = mappingAt(document, 'definitions');
  const schemas = new Map<Mapping, MergeSchema>();

  function resolve(start: Value | undefined): MergeSchema | undefined {
    let schema = start;
    for (let hops = 0; isMapping(schema) && typeof schema.$ref === 'string' && schema.$ref !== ''; hops++) {
      const name = /^#\/definitions\/(.+)$/.exec(schema.$ref)?.[1];
      if (name === undefined || hops > 100) return undefined;
      schema = own(definitions, name.replaceAll('~1', '/').replaceAll('~0', '~'));
    }
    return isMapping(schema) ? wrap(schema) : undefined;
  }

  function wrap(schema: Mapping): MergeSchema {
    let wrapped = schemas.get(schema);
    if (wrapped === undefined) {
      wrapped = {
        mergeKeys: mergeKeysOf(schema),
        field: (name) =>
          resolve(own(mappingAt(schema, 'properties'), name) ?? mappingAt(schema, 'additionalProperties')),
        elements: () => (isArray(schema) ? resolve(mappingAt(schema, 'items')) : undefined),
      };
      schemas.set(schema, wrapped);
    }
    return wrapped;
  }

  const byKind = new Map<string, Mapping>();
  for (const name of Object.keys(definitions ?? {}).sort()) {
    const definition = own(definitions, name);
    for (const kind of kindsOf(definition)) if (isMapping(definition)) byKind.set(kind, definition);
  }
  return {
    ofKind(apiVersion, kind) {
      const definition = byKind.get(`${apiVersion}/${kind}`);
      return definition === undefined ? undefined : wrap(definition);
    },
  };
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
function kindsOf(definition: Value | undefined): string[] {
  const kinds = isMapping(definition) ? own(definition, 'x-kubernetes-group-version-kind') : undefined;
  if (!isSequence(kinds)) return [];
  return kinds.filter(isMapping).map((kind) => {
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
