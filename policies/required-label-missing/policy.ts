import { mapping } from '../../scripts/core/fields.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';
import { podOf } from '../../scripts/core/workload.ts';

export default {
  id: 'required-label-missing',
  of: 'resource',
  severity: 'error',
  default: 'in-clusters',
  title: 'Object lacks a label that everything carries',
  why: 'Labels tie pods to their Services, budgets and dashboards. What has no name label is found by no query when it matters.',
  fix: 'Add the label to `metadata.labels`; in a kustomization, `labels:` with `includeSelectors: false` adds it to everything at once.',
  parameters: { labels: ['app.kubernetes.io/name'] },

  *check(resource, { labels }) {
    if (resource.id.kind !== 'Service' && podOf(resource) === undefined) return;
    const written = mapping(mapping(resource.manifest.metadata).labels);
    for (const label of labels) {
      if (written[label] !== undefined) continue;
      yield {
        at: ['metadata', 'labels', label],
        message: `${resource.id.kind} "${resource.id.name}" has no label "${label}"`,
      };
    }
  },
} satisfies ResourcePolicy<{ labels: readonly string[] }>;
