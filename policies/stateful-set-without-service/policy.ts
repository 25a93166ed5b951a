import { mapping, text } from '../../scripts/core/fields.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import { podsBehind } from '../../scripts/core/traffic.ts';

export default {
  id: 'stateful-set-without-service',
  of: 'cluster',
  severity: 'warning',
  default: 'in-clusters',
  title: 'Pods of the StatefulSet have no names in DNS',
  why: 'Each gets one by the headless Service that the StatefulSet names, and only if that Service selects it.',
  fix: 'Name a headless Service in `spec.serviceName` whose selector fits the pod template.',
  category: 'reference',
  peers: ['kube-score/statefulset-has-servicename'],

  *check(inventory) {
    for (const workload of inventory.workloads) {
      const { id, manifest } = workload.resource;
      if (id.kind !== 'StatefulSet') continue;
      const name = text(mapping(manifest.spec).serviceName) ?? '';
      const service = inventory.find('', 'Service', workload.namespace, name);
      // One that does not exist is missing-service's to say.
      if (name !== '' && (service === undefined || podsBehind(inventory, service).includes(workload)))
        continue;
      yield {
        resource: workload.resource,
        at: ['spec', 'serviceName'],
        message:
          name === ''
            ? `StatefulSet "${id.name}" names no Service`
            : `StatefulSet "${id.name}" names Service "${name}", which does not select its pods`,
      };
    }
  },
} satisfies ClusterPolicy;
