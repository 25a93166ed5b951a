import type { PodPolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'host-network',
  of: 'pod',
  severity: 'warning',
  default: 'on',
  title: 'Pod shares the network of its node',
  why: 'It reaches what listens on the node for itself only, no NetworkPolicy holds it, and two such pods with one port cannot share a node.',
  fix: 'Remove `hostNetwork`, and let a Service or an Ingress bring the traffic.',
  peers: ['kube-linter/host-network', 'polaris/hostNetworkSet'],

  *check(spec) {
    if (spec.hostNetwork === true)
      yield { at: ['hostNetwork'], message: 'Pod shares the network of its node' };
  },
} satisfies PodPolicy;
