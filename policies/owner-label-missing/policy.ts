import { mapping } from '../../scripts/core/fields.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';
import { podOf } from '../../scripts/core/workload.ts';

export default {
  id: 'owner-label-missing',
  of: 'resource',
  severity: 'warning',
  default: 'off',
  title: 'Workload does not say who owns it',
  why: 'At night nobody knows whom to call. Off by default: here CODEOWNERS says it.',
  fix: 'Add the label to `metadata.labels`.',
  peers: ['kube-linter/required-label-owner'],
  parameters: { label: 'owner' },

  *check(resource, { label }) {
    if (
      podOf(resource) === undefined ||
      mapping(mapping(resource.manifest.metadata).labels)[label] !== undefined
    )
      return;
    yield {
      at: ['metadata', 'labels', label],
      message: `${resource.id.kind} "${resource.id.name}" has no label "${label}"`,
    };
  },
} satisfies ResourcePolicy<{ label: string }>;
