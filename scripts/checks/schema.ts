import { type Finding, findingOf } from '../core/finding.ts';
import type { Resource } from '../core/resource.ts';
import { asWritten } from '../schema/as-written.ts';
import type { ClusterSchemas } from '../schema/cluster-schemas.ts';
import { type DecodingProblem, decode } from '../schema/decode.ts';
import { KIND_NOT_CHECKED, NO_SCHEMA } from '../schema/rules.ts';
import type { Schemas, SchemasOf } from '../schema/schemas.ts';
import type { MappingNode } from '../yaml/node.ts';
import { originOf } from '../yaml/place.ts';
import type { ClusterView } from './cluster-view.ts';
import type { FoundViolation } from './policies.ts';

/** What the schemas of a cluster say against these of its objects. */
export function* schemaViolations(
  view: ClusterView,
  resources: readonly Resource[],
  schemas: ClusterSchemas,
): Iterable<FoundViolation> {
  const roots = new Map<Resource, MappingNode>();
  const problems = new Map<Resource, readonly DecodingProblem[]>();
  for (const { objects, parsed } of view.documents) {
    for (const { resource, root } of objects) roots.set(resource, root);
    const only = objects.length === 1 ? objects[0] : undefined;
    if (only !== undefined && only.root === parsed.root) problems.set(only.resource, decode(parsed).problems);
  }
  const unclaimed = view.cluster.name === '' ? new Set<string>() : undefined;
  for (const resource of resources) {
    const violations = schemas.check(resource);
    if (violations.length === 0) continue;
    if (unclaimed !== undefined && violations[0]?.rule === NO_SCHEMA) {
      const { apiVersion, kind } = resource.id;
      const what = `Kind "${kind}" of "${apiVersion}"`;
      if (unclaimed.has(what)) continue;
      unclaimed.add(what);
      const message = `${what} has no schema here, so that the fields of its objects are not checked`;
      yield { resource, violation: { rule: KIND_NOT_CHECKED, at: ['kind'], message } };
      continue;
    }
    const root = roots.get(resource);
    const told = root === undefined ? violations : asWritten(violations, root, problems.get(resource));
    for (const violation of told) yield { resource, violation };
  }
}

/** What keeps the API server from reading the documents of plain manifests. */
export function decodingFindings(view: ClusterView, clusters: readonly string[]): readonly Finding[] {
  return view.documents.flatMap(({ parsed, objects }) =>
    decode(parsed).problems.map(({ rule, message, at, place }) => {
      const resource = objects[0]?.resource.id;
      const found = { message, path: at, origin: originOf(place), clusters };
      return findingOf(rule, resource === undefined ? found : { ...found, resource });
    }),
  );
}

/** Clusters of one version with the same definitions share what was checked. */
export function clusterSchemas(schemas: Schemas): (view: ClusterView) => ClusterSchemas {
  const opened: { readonly of: SchemasOf; readonly exempt: string; readonly cluster: ClusterSchemas }[] = [];
  return ({ cluster, resources }) => {
    const { kubernetesVersion, kindsWithoutSchema } = cluster;
    const customResourceDefinitions = resources
      .filter(({ id }) => id.kind === 'CustomResourceDefinition')
      .map(({ manifest }) => manifest);
    const exempt = JSON.stringify(kindsWithoutSchema);
    const same = opened.find(
      (each) =>
        each.of.kubernetesVersion === kubernetesVersion &&
        each.exempt === exempt &&
        each.of.customResourceDefinitions.length === customResourceDefinitions.length &&
        each.of.customResourceDefinitions.every(
          (definition, i) => definition === customResourceDefinitions[i],
        ),
    );
    if (same !== undefined) return same.cluster;
    const of = { kubernetesVersion, customResourceDefinitions, kindsWithoutSchema };
    const made = schemas.forCluster(of);
    opened.push({ of, exempt, cluster: made });
    return made;
  };
}
