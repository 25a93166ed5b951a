import { mapping, mappings, text } from '../../scripts/core/fields.ts';
import { backendsOf, ingressesIn } from '../../scripts/core/ingress.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'ingress-port-unknown',
  of: 'cluster',
  severity: 'error',
  default: 'on',
  title: 'Ingress sends traffic to a port that the Service does not have',
  why: 'The ingress controller finds no endpoint and answers each request with an error.',
  fix: 'Use a port or a port name of the Service.',
  category: 'reference',
  peers: ['kube-linter/dangling-ingress', 'kube-score/ingress-targets-service'],

  *check(inventory) {
    for (const ingress of ingressesIn(inventory)) {
      for (const { service, port, portAt } of backendsOf(ingress)) {
        const found = inventory.find('', 'Service', inventory.namespaceOf(ingress), service);
        if (found === undefined || port === undefined) continue;
        const ports = mappings(mapping(found.manifest.spec).ports).map(([, each]) => each);
        if (ports.some((each) => each.port === port || text(each.name) === port)) continue;
        yield {
          resource: ingress,
          at: portAt,
          message: `Ingress "${ingress.id.name}" sends traffic to port "${String(port)}" of Service "${service}", which has no such port`,
        };
      }
    }
  },
} satisfies ClusterPolicy;
