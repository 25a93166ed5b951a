import type { ResourcePolicy } from '../../scripts/core/policy.ts';

import { REMOVED_APIS } from '../../scripts/core/removed-apis.ts';

export default {
  id: 'removed-api-version',
  of: 'resource',
  severity: 'error',
  default: 'on',
  title: 'API version was removed from Kubernetes',
  why: 'No supported cluster knows it: the object cannot be applied.',
  fix: 'Write the version that took its place, and look at what changed in its fields.',
  peers: ['kube-linter/no-extensions-v1beta', 'kube-score/stable-version'],

  *check({ id }) {
    const removed = REMOVED_APIS[`${id.apiVersion}/${id.kind}`];
    if (removed === undefined) return;
    const [version, successor] = removed;
    yield {
      at: ['apiVersion'],
      message: `${id.kind} of "${id.apiVersion}" was removed in Kubernetes ${version}, expected ${successor === '' ? 'none: nothing took its place' : `"${successor}"`}`,
    };
  },
} satisfies ResourcePolicy;
