import { mapping } from '../../scripts/core/fields.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'job-never-removed',
  of: 'resource',
  severity: 'warning',
  default: 'in-clusters',
  title: 'Finished Job is never removed',
  why: 'Its pods and logs stay in the cluster for ever, and a Job of the same name cannot be applied again.',
  fix: 'Set `ttlSecondsAfterFinished`.',
  kinds: ['Job'],
  peers: ['kube-linter/job-ttl-seconds-after-finished'],

  *check({ id, manifest }) {
    if (mapping(manifest.spec).ttlSecondsAfterFinished !== undefined) return;
    const annotations = mapping(mapping(manifest.metadata).annotations);
    // Argo CD and Helm remove their hooks themselves.
    if (annotations['argocd.argoproj.io/hook'] !== undefined || annotations['helm.sh/hook'] !== undefined)
      return;
    yield {
      at: ['spec', 'ttlSecondsAfterFinished'],
      message: `Job "${id.name}" is never removed once it has finished`,
    };
  },
} satisfies ResourcePolicy;
