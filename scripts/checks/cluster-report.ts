import { type Finding, findingOf } from '../core/finding.ts';
import type { Resource } from '../core/resource.ts';
import type { ClusterCheck, ClusterView, Located } from './check.ts';
import type { Selection } from './selection.ts';

/** Looks at one cluster with every check; the findings name the clusters given. */
export function reportCluster(
  view: ClusterView,
  checks: readonly ClusterCheck[],
  selection: Selection,
  clusters: readonly string[],
): readonly Finding[] {
  const findings: Finding[] = [];
  for (const check of checks) {
    for (const located of check(view)) {
      if (selection.hasRule(located.violation.rule)) findings.push(locate(located, clusters));
    }
  }
  return findings;
}

const located = new WeakMap<Resource, Map<Located['violation'], Finding>>();

/** Checks give the same violation for what clusters share: its place is looked up once. */
function locate({ resource, violation }: Located, clusters: readonly string[]): Finding {
  let known = located.get(resource);
  if (known === undefined) {
    known = new Map();
    located.set(resource, known);
  }
  let finding = known.get(violation);
  if (finding === undefined) {
    finding = findingOf(violation.rule, {
      message: violation.message,
      severity: violation.severity,
      fix: violation.fix,
      resource: resource.id,
      path: violation.at,
      origin: resource.originsOf(violation.at)[0]!,
      clusters,
    });
    known.set(violation, finding);
  }
  return { ...finding, clusters };
}
