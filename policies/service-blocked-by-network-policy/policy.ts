import { mapping, mappings, number, text } from '../../scripts/core/fields.ts';
import type { Workload } from '../../scripts/core/inventory.ts';
import { admits, isolating, type PortUse } from '../../scripts/core/isolation.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import { podsBehind } from '../../scripts/core/traffic.ts';
import type { Mapping } from '../../scripts/core/value.ts';
import { containersOf } from '../../scripts/core/workload.ts';

export default {
  id: 'service-blocked-by-network-policy',
  of: 'cluster',
  severity: 'error',
  default: 'on',
  title: 'Service leads to pods that its traffic may not enter',
  why: 'NetworkPolicies deny what they do not allow, and none of them allows this port: callers wait until they give up.',
  fix: 'Add an ingress rule for the port of the container to a NetworkPolicy that selects the pods.',
  category: 'reference',

  *check(inventory) {
    for (const service of inventory.ofKind('', 'Service')) {
      for (const workload of podsBehind(inventory, service)) {
        const policies = isolating(inventory, workload, 'Ingress');
        if (policies.length === 0) continue;
        for (const [index, port] of mappings(mapping(service.manifest.spec).ports)) {
          const use = useOf(workload, port);
          if (use.port === undefined || admits(policies, 'Ingress', use)) continue;
          const { kind, name } = workload.resource.id;
          yield {
            resource: service,
            at: ['spec', 'ports', index],
            message: `Service "${service.id.name}" leads to port ${use.port} of ${kind} "${name}", which no NetworkPolicy lets in`,
          };
        }
      }
    }
  },
} satisfies ClusterPolicy;

/** The port of the container that a port of a Service leads to. */
function useOf({ pod }: Workload, { targetPort, port, protocol }: Mapping): PortUse {
  const target = targetPort ?? port;
  const declared = containersOf(pod.spec)
    .flatMap(({ value }) => mappings(value.ports))
    .map(([, each]) => each)
    .find(({ name, containerPort }) => name === target || containerPort === target);
  return {
    protocol: text(protocol) ?? 'TCP',
    port: number(target) ?? number(declared?.containerPort),
    name: text(declared?.name),
  };
}
