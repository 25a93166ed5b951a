import { mapping } from '../../scripts/core/fields.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'node-port-service',
  of: 'resource',
  kinds: ['Service'],
  severity: 'error',
  default: 'on',
  title: 'Service opens a port on every node',
  why: 'A NodePort bypasses the ingress: no TLS, no limits, no host name, and whoever reaches a node reaches the pods behind it. It also ties clients to addresses of nodes, which come and go.',
  fix: 'Make it `type: ClusterIP` and send outside traffic through an Ingress.',
  peers: ['kube-linter/exposed-services', 'kube-score/service-type'],

  *check(resource) {
    if (mapping(resource.manifest.spec).type !== 'NodePort') return;
    yield {
      at: ['spec', 'type'],
      message: `Service "${resource.id.name}" is of type NodePort, expected ClusterIP behind an Ingress`,
    };
  },
} satisfies ResourcePolicy;
