import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import { isMapping } from '../../scripts/core/value.ts';

const LABEL = 'planetarium.dev/region';

export default {
  id: 'other-region-label',
  of: 'cluster',
  severity: 'error',
  default: 'in-clusters',
  title: 'Object carries the label of another region',
  why: 'Metrics, alerts and the program itself take the region from this label: with another one, two regions are counted as one and an incident is looked for in the wrong place.',
  fix: 'Write the region of the cluster, as its cluster.yaml has it.',

  *check({ cluster, resources }) {
    if (cluster.region === '') return;
    for (const resource of resources) {
      const { metadata } = resource.manifest;
      const labels = isMapping(metadata) ? metadata.labels : undefined;
      const region = isMapping(labels) ? labels[LABEL] : undefined;
      if (typeof region !== 'string' || region === cluster.region) continue;
      // What is no label at all, the server refuses.
      if (!/^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/.test(region)) continue;
      const message = `Label "${LABEL}" is "${region}", expected "${cluster.region}", the region of this cluster`;
      yield { resource, at: ['metadata', 'labels', LABEL], message };
    }
  },
} satisfies ClusterPolicy;
