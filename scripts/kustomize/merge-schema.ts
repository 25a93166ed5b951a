import type { Place } from '../yaml/node.ts';

/** What a strategic merge knows of one part of an object. */
export interface MergeSchema {
  /** Undefined where a patch's list takes the place of the base's; empty for a merge list of scalars. */
  readonly mergeKeys: readonly string[] | undefined;
  field(name: string): MergeSchema | undefined;
  elements(): MergeSchema | undefined;
}

/** The OpenAPI in force, as far as a strategic merge needs it. The same part is always the same object. */
export interface MergeSchemas {
  ofKind(apiVersion: string, kind: string): MergeSchema | undefined;
  /** A definition by its OpenAPI name: `io.k8s.api.core.v1.PodSpec`. */
  definition(name: string): MergeSchema | undefined;
  /** The document of the user's own definitions. */
  readonly place?: Place | undefined;
}

/** Two documents of definitions as one; where both define something, the first counts. */
export function combinedMergeSchemas(first: MergeSchemas, second: MergeSchemas): MergeSchemas {
  return {
    ofKind: (apiVersion, kind) => first.ofKind(apiVersion, kind) ?? second.ofKind(apiVersion, kind),
    definition: (name) => first.definition(name) ?? second.definition(name),
    place: first.place ?? second.place,
  };
}
