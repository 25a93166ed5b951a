/** How Kustomize names an object: its kind, name and namespace; equal where the effective namespaces are. */
export interface ObjectId {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly name: string;
  /** As written, '' where the manifest has none. */
  readonly namespace: string;
  /** Only where the OpenAPI in force says so: an unknown kind counts as namespaced. */
  readonly clusterScoped: boolean;
  /** Equal for equal ids, to index objects by. */
  readonly key: string;
}

export function newId(
  group: string,
  version: string,
  kind: string,
  name: string,
  namespace: string,
  clusterScoped: boolean,
): ObjectId {
  const effective = effectiveNamespace({ namespace, clusterScoped });
  const key = `${group}\n${version}\n${kind}\n${name}\n${effective}`;
  return { group, version, kind, name, namespace, clusterScoped, key };
}

/** The namespace by which ids compare: none and "default" are one, cluster-scoped kinds have a name of their own. */
export function effectiveNamespace(id: Pick<ObjectId, 'namespace' | 'clusterScoped'>): string {
  if (id.clusterScoped) return '_non_namespaceable_';
  return id.namespace === '' ? 'default' : id.namespace;
}

/** As Kustomize writes it in messages: `Deployment.v1.apps/web.default`. */
export function idText(id: ObjectId): string {
  return `${id.kind || '[noKind]'}.${id.version || '[noVer]'}.${id.group || '[noGrp]'}/${id.name || '[noName]'}.${id.namespace || '[noNs]'}`;
}

/** The `apiVersion` of a group and version. */
export function apiVersionOf({ group, version }: Pick<ObjectId, 'group' | 'version'>): string {
  return group === '' ? version : `${group}/${version}`;
}

/** `apps/v1` → group and version; a version alone is the core group's. */
export function splitApiVersion(apiVersion: string): { readonly group: string; readonly version: string } {
  const slash = apiVersion.indexOf('/');
  return slash < 0
    ? { group: '', version: apiVersion }
    : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}
