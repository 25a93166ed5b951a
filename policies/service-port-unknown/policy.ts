import { mapping, mappings } from '../../scripts/core/fields.ts';
import type { Workload } from '../../scripts/core/inventory.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import { unknownProbedPorts } from '../../scripts/core/probed-ports.ts';
import { podsBehind } from '../../scripts/core/traffic.ts';
import { containersOf } from '../../scripts/core/workload.ts';

export default {
  id: 'service-port-unknown',
  of: 'cluster',
  severity: 'error',
  default: 'on',
  title: 'Service sends traffic to a port that its pods do not have',
  why: 'A target port that is a name is looked up in each pod; where no container has it, the Service has no endpoint.',
  fix: 'Name a port of the container, as its `ports` have it.',
  category: 'reference',

  *check(inventory) {
    for (const service of inventory.ofKind('', 'Service')) {
      const pods = podsBehind(inventory, service);
      if (pods.length === 0) continue;
      for (const [index, { targetPort }] of mappings(mapping(service.manifest.spec).ports)) {
        if (typeof targetPort !== 'string' || /^\d+$/.test(targetPort)) continue;
        const without = pods.find((workload) => !hasPort(workload, targetPort));
        // Where the pod's own probes look for it too, the port is misspelled: probe-port-name-unknown says so.
        if (without === undefined || isProbed(without, targetPort)) continue;
        const { kind, name } = without.resource.id;
        yield {
          resource: service,
          at: ['spec', 'ports', index, 'targetPort'],
          message: `Service "${service.id.name}" sends traffic to port "${targetPort}", and ${kind} "${name}" has no port of that name`,
        };
      }
    }
  },
} satisfies ClusterPolicy;

function hasPort({ pod }: Workload, port: string): boolean {
  return containersOf(pod.spec).some(({ value }) =>
    mappings(value.ports).some(([, { name }]) => name === port),
  );
}

function isProbed({ pod }: Workload, port: string): boolean {
  return containersOf(pod.spec).some(({ value }) =>
    unknownProbedPorts(value).some((each) => each.port === port),
  );
}
