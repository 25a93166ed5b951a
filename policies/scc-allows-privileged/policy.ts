import type { ResourcePolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'scc-allows-privileged',
  of: 'resource',
  severity: 'error',
  default: 'on',
  title: 'Security context constraints allow privileged containers',
  why: 'Every pod that may use them can own its node (OpenShift).',
  fix: 'Set `allowPrivilegedContainer: false`.',
  kinds: ['SecurityContextConstraints'],
  peers: ['kube-linter/scc-deny-privileged-container'],

  *check({ id, manifest }) {
    if (manifest.allowPrivilegedContainer !== true) return;
    yield {
      at: ['allowPrivilegedContainer'],
      message: `SecurityContextConstraints "${id.name}" allow privileged containers`,
    };
  },
} satisfies ResourcePolicy;
