import { mapping } from '../../scripts/core/fields.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'rolling-update-unstated',
  of: 'resource',
  severity: 'warning',
  default: 'off',
  title: 'Workload does not say that it is updated pod by pod',
  why: 'An update then rests on a default, or ends all pods at once. Off by default: the default is a rolling update.',
  fix: 'Set the strategy’s `type: RollingUpdate`.',
  kinds: ['Deployment', 'DaemonSet', 'StatefulSet', 'DeploymentConfig'],
  peers: ['kube-linter/no-rolling-update-strategy'],

  *check({ id, manifest }) {
    const field = id.kind === 'Deployment' || id.kind === 'DeploymentConfig' ? 'strategy' : 'updateStrategy';
    const { type } = mapping(mapping(manifest.spec)[field]);
    if (type === 'RollingUpdate' || type === 'Rolling') return;
    yield {
      at: ['spec', field, 'type'],
      message: `${id.kind} "${id.name}" has ${type === undefined ? 'no strategy' : `the strategy "${String(type)}"`}, expected "RollingUpdate"`,
    };
  },
} satisfies ResourcePolicy;
