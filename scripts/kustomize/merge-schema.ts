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
}
