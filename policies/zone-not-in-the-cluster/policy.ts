import { items, mapping, mappings } from '../../scripts/core/fields.ts';
import type { Path } from '../../scripts/core/path.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import type { Mapping } from '../../scripts/core/value.ts';

const ZONE = 'topology.kubernetes.io/zone';

export default {
  id: 'zone-not-in-the-cluster',
  of: 'cluster',
  severity: 'error',
  default: 'on',
  title: 'Pod asks for a zone that the cluster does not have',
  why: 'No node has that label, so that the pod is never scheduled there.',
  fix: 'Name a zone that the cluster’s `cluster.yaml` lists.',

  *check({ cluster, workloads }) {
    if (cluster.zones.length === 0) return;
    for (const { resource, pod } of workloads) {
      for (const [at, zone] of zonesOf(pod.spec)) {
        if (cluster.zones.includes(zone)) continue;
        const message = `Pod asks for the zone "${zone}", and cluster "${cluster.name}" has ${cluster.zones.join(', ')}`;
        yield { resource, at: [...pod.path, ...at], message };
      }
    }
  },
} satisfies ClusterPolicy;

/** The zones that a pod must run in, by node selector or required node affinity. */
function* zonesOf(spec: Mapping): Generator<readonly [Path, string]> {
  const selected = mapping(spec.nodeSelector)[ZONE];
  if (typeof selected === 'string') yield [['nodeSelector', ZONE], selected];
  const required = 'requiredDuringSchedulingIgnoredDuringExecution';
  const terms = mapping(mapping(mapping(spec.affinity).nodeAffinity)[required]).nodeSelectorTerms;
  for (const [term, { matchExpressions }] of mappings(terms)) {
    for (const [index, { key, operator, values }] of mappings(matchExpressions)) {
      if (key !== ZONE || operator !== 'In') continue;
      const at = ['affinity', 'nodeAffinity', required, 'nodeSelectorTerms', term, 'matchExpressions', index];
      for (const [value, zone] of items(values).entries()) {
        if (typeof zone === 'string') yield [[...at, 'values', value], zone];
      }
    }
  }
}
