import { mappings } from '../../scripts/core/fields.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'more-zones-than-the-cluster',
  of: 'cluster',
  severity: 'error',
  default: 'on',
  title: 'Pods are to be spread over more zones than the cluster has',
  why: 'With `DoNotSchedule` and more `minDomains` than there are zones, the pods beyond the first of each zone are never scheduled.',
  fix: 'Lower `minDomains` to the number of zones of this cluster, or set `whenUnsatisfiable: ScheduleAnyway`.',

  *check(inventory) {
    const zones = inventory.cluster.zones.length;
    if (zones === 0) return;
    for (const { resource, pod } of inventory.workloads) {
      for (const [index, constraint] of mappings(pod.spec.topologySpreadConstraints)) {
        const { topologyKey, whenUnsatisfiable, minDomains } = constraint;
        if (topologyKey !== 'topology.kubernetes.io/zone' || whenUnsatisfiable !== 'DoNotSchedule') continue;
        if (typeof minDomains !== 'number' || minDomains <= zones) continue;
        yield {
          resource,
          at: [...pod.path, 'topologySpreadConstraints', index, 'minDomains'],
          message: `Pods are spread over at least ${minDomains} zones, and cluster "${inventory.cluster.name}" has ${zones}`,
        };
      }
    }
  },
} satisfies ClusterPolicy;
