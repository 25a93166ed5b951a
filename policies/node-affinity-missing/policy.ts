import { mapping } from '../../scripts/core/fields.ts';
import type { PodPolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'node-affinity-missing',
  of: 'pod',
  severity: 'warning',
  default: 'off',
  title: 'Pod has no node affinity',
  why: 'It may run on any node. Off by default: that is what most pods should do.',
  fix: 'Add `affinity.nodeAffinity`.',
  peers: ['kube-linter/no-node-affinity'],

  *check(spec) {
    if (mapping(spec.affinity).nodeAffinity !== undefined) return;
    yield { at: ['affinity', 'nodeAffinity'], message: 'Pod has no node affinity' };
  },
} satisfies PodPolicy;
