import { mapping } from '../../scripts/core/fields.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'load-balancer-service',
  of: 'resource',
  severity: 'error',
  default: 'in-clusters',
  title: 'Service opens a load balancer of its own',
  why: 'It costs an address and a load balancer, and bypasses the ingress: its TLS, its limits and its logs. It spreads connections, not requests.',
  fix: 'Make it `type: ClusterIP` and add an Ingress; only the ingress controller’s own Service is a load balancer.',
  kinds: ['Service'],
  peers: ['kube-linter/exposed-services'],

  *check({ id, manifest }) {
    if (id.apiVersion !== 'v1' || mapping(manifest.spec).type !== 'LoadBalancer') return;
    yield {
      at: ['spec', 'type'],
      message: `Service "${id.name}" is of type LoadBalancer, expected ClusterIP behind an Ingress`,
    };
  },
} satisfies ResourcePolicy;
