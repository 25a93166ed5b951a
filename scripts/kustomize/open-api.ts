import { once } from '../core/once.ts';
import { isMapping, type Mapping, type Value } from '../core/value.ts';
import type { ScalarNode } from '../yaml/node.ts';
import { valueOf as jsonOf } from '../yaml/value.ts';
import type { TextPair } from './decode.ts';
import { failAt } from './failure.ts';
import type { File } from './files.ts';
import type { Loader } from './loader.ts';
import { combinedMergeSchemas, type MergeSchemas } from './merge-schema.ts';
import { builtInMergeSchemas } from './merge-schema-built-in.ts';
import { customMergeSchemas } from './merge-schema-custom.ts';
import { isOpenApiDocument, repeatedName } from './open-api-types.ts';
import { builtInScopes, type Scopes, withCustomScopes } from './scopes.ts';

/** The OpenAPI that a build goes by. One object for one document, so that what was built by it can be shared. */
export interface OpenApi {
  readonly scopes: Scopes;
  readonly schemas: MergeSchemas;
}

export const builtInOpenApi: OpenApi = { scopes: builtInScopes, schemas: builtInMergeSchemas };

/** The same content, chosen by `openapi.version`: what a base says then no longer counts. */
const builtInByVersion: OpenApi = { ...builtInOpenApi };

const VERSION = 'v1.21.2';
const custom = { alone: new WeakMap<object, OpenApi>(), besideBuiltIn: new WeakMap<object, OpenApi>() };

/**
 * What `openapi` of a kustomization chooses; undefined where it chooses nothing.
 *
 * @param besideBuiltIn whether an object of a kind that the built-in document does not know was read before: Kustomize
 *   then has that document in force too
 * @param inForce what was chosen before, which stays: another document is only loaded
 */
export function chosenOpenApi(
  loader: Loader,
  fields: readonly TextPair[] | undefined,
  besideBuiltIn: boolean,
  inForce?: OpenApi,
): OpenApi | undefined {
  const path = valueNamed(fields, 'path');
  if (inForce !== undefined) {
    if (path !== undefined) loader.load(path);
    return inForce;
  }
  const version = valueNamed(fields, 'version');
  if (path !== undefined) {
    const file = loader.load(path);
    if (version !== undefined) {
      failAt(version.place, 'Builtin version and custom schema provided, cannot use both');
    }
    const cache = besideBuiltIn ? custom.besideBuiltIn : custom.alone;
    const known = cache.get(file);
    if (known !== undefined) return known;
    const { source } = file;
    const place = { source, start: 0, end: source.text.length };
    // Kustomize reads the document where it needs it: one that is no good does no harm before.
    const document = once(() => documentOf(loader, file, path));
    const kinds = once(() => clusterScopedKinds(document()));
    const schemas = once(() =>
      besideBuiltIn
        ? combinedMergeSchemas(
            builtInMergeSchemas,
            customMergeSchemas(document(), builtInMergeSchemas, place),
          )
        : customMergeSchemas(document(), undefined, place),
    );
    const openApi: OpenApi = {
      scopes: withCustomScopes(kinds),
      schemas: {
        place,
        ofKind: (apiVersion, kind) => schemas().ofKind(apiVersion, kind),
        definition: (name) => schemas().definition(name),
      },
    };
    cache.set(file, openApi);
    return openApi;
  }
  if (version === undefined || version.text === '') return undefined;
  if (version.text !== VERSION) {
    failAt(
      version.place,
      `The specified OpenAPI version "${version.text}" is not built in, expected ${VERSION}`,
    );
  }
  return builtInByVersion;
}

/** The schema file that a kustomization names, held to the types of OpenAPI. */
function documentOf(loader: Loader, file: File, path: ScalarNode): Mapping {
  if (file.bytes.length === 0) failAt(path.place, `Invalid schema file "${path.text}": it is empty`);
  const value = parsed(loader, file);
  if (!isMapping(value)) return failAt(path.place, `Invalid schema file "${path.text}", expected a mapping`);
  if (isOpenApiDocument(value)) return value;
  return failAt(
    path.place,
    `Invalid schema file "${path.text}": a field has a type that OpenAPI does not give it`,
  );
}

/** JSON where it begins as JSON does, else YAML. */
function parsed(loader: Loader, file: File): Value {
  const { source } = file;
  if (source.text.startsWith('{')) {
    const twice = repeatedName(source.text, 1);
    if (twice !== undefined)
      failAt({ source, start: 0, end: 1 }, `Invalid schema file: name "${twice}" stands twice in one object`);
    try {
      return JSON.parse(source.text);
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      return failAt({ source, start: 0, end: 1 }, `Invalid schema file: ${message}`, cause);
    }
  }
  const document = loader.files.configuration(file)[0];
  const problem = document?.problems[0];
  if (problem !== undefined) failAt(problem.place, `Invalid schema file: ${problem.message}`);
  return document?.root === undefined ? Object.create(null) : jsonOf(document.root);
}

function valueNamed(fields: readonly TextPair[] | undefined, name: string): ScalarNode | undefined {
  return fields?.find(({ key }) => key.text === name)?.value;
}

/** Kinds that a GET path without a namespace serves, and none with one. */
function clusterScopedKinds(document: Value): ReadonlySet<string> {
  const found = new Set<string>();
  const namespaced = new Set<string>();
  const paths = isMapping(document) ? document.paths : undefined;
  for (const [path, item] of Object.entries(isMapping(paths) ? paths : {})) {
    const get = isMapping(item) ? item.get : undefined;
    const gvk = isMapping(get) ? get['x-kubernetes-group-version-kind'] : undefined;
    if (!isMapping(gvk)) continue;
    const { group, version, kind } = gvk;
    const name = `${typeof group === 'string' && group !== '' ? `${group}/` : ''}${version}/${kind}`;
    (path.includes('namespaces/{namespace}') ? namespaced : found).add(name);
  }
  for (const name of namespaced) found.delete(name);
  return found;
}
