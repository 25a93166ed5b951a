import { mapping, mappings, text } from '../../scripts/core/fields.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import { quantity } from '../../scripts/core/quantity.ts';

/** A metric that counts the requests of the whole region. */
const REQUESTS = /requests_per_second$/;

export default {
  id: 'autoscaler-too-small-for-the-load',
  of: 'cluster',
  severity: 'error',
  default: 'in-clusters',
  title: 'Autoscaler cannot reach what the region is expected to carry',
  why: 'At the busiest hour it stands at its maximum, and every request beyond is slow or refused.',
  fix: 'Raise `maxReplicas`, or correct `load.requestsPerSecond` of the cluster; the quota of the namespace must admit the pods.',

  *check(inventory) {
    const { name, load } = inventory.cluster;
    for (const resource of inventory.ofKind('autoscaling', 'HorizontalPodAutoscaler')) {
      const { maxReplicas, metrics } = mapping(resource.manifest.spec);
      for (const [, { external }] of mappings(metrics)) {
        const { metric, target } = mapping(external);
        const each = quantity(mapping(target).averageValue);
        if (each === undefined || !REQUESTS.test(text(mapping(metric).name) ?? '')) continue;
        if (typeof maxReplicas !== 'number' || maxReplicas * each >= load.requestsPerSecond) continue;
        yield {
          resource,
          at: ['spec', 'maxReplicas'],
          message: `HorizontalPodAutoscaler "${resource.id.name}" carries ${maxReplicas * each} requests a second at its maximum of ${maxReplicas}, and cluster "${name}" expects ${load.requestsPerSecond}`,
        };
      }
    }
  },
} satisfies ClusterPolicy;
