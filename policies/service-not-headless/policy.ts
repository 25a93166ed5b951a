import { mapping, text } from '../../scripts/core/fields.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'service-not-headless',
  of: 'cluster',
  severity: 'warning',
  default: 'on',
  title: 'StatefulSet’s Service is not headless',
  why: 'Its pods get no names of their own in DNS, and that is what the field is for.',
  fix: 'Set `clusterIP: None` on that Service.',
  category: 'reference',
  peers: ['kube-score/statefulset-has-servicename'],

  *check(inventory) {
    for (const resource of inventory.ofKind('apps', 'StatefulSet')) {
      const name = text(mapping(resource.manifest.spec).serviceName);
      if (name === undefined) continue;
      const service = inventory.find('', 'Service', inventory.namespaceOf(resource), name);
      if (service === undefined || mapping(service.manifest.spec).clusterIP === 'None') continue;
      yield {
        resource,
        at: ['spec', 'serviceName'],
        message: `StatefulSet "${resource.id.name}" names Service "${name}", which has an address of its own, expected "clusterIP: None"`,
      };
    }
  },
} satisfies ClusterPolicy;
