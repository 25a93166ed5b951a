import { push } from './entry.ts';
import { items, mapping } from './fields.ts';
import type { Inventory, Workload } from './inventory.ts';
import { memoisedIn } from './memoised.ts';
import type { Resource } from './resource.ts';
import { selects } from './selector.ts';
import { isMapping, type Mapping, type Value } from './value.ts';

export type Direction = 'Ingress' | 'Egress';

/** A port as a rule and a container give it. */
export interface PortUse {
  readonly protocol: string;
  readonly port: number | undefined;
  readonly name: string | undefined;
}

/** The NetworkPolicies that isolate a workload's pods in a direction. */
export function isolating(
  inventory: Inventory,
  workload: Workload,
  direction: Direction,
): readonly Resource[] {
  const isolation = isolationOf(inventory);
  const known = isolation.of[direction];
  let found = known.get(workload);
  if (found === undefined) {
    const policies = isolation.policies.get(`${direction} ${workload.namespace}`) ?? [];
    found = policies.filter((policy) =>
      selects(mapping(policy.manifest.spec).podSelector, workload.pod.labels),
    );
    known.set(workload, found);
  }
  return found;
}

/** What several rules ask of the same cluster. */
interface Isolation {
  /** By direction and namespace. */
  readonly policies: ReadonlyMap<string, readonly Resource[]>;
  readonly of: Readonly<Record<Direction, Map<Workload, readonly Resource[]>>>;
}

const isolationOf = memoisedIn((inventory: Inventory): Isolation => {
  const policies = new Map<string, Resource[]>();
  for (const policy of inventory.ofKind('networking.k8s.io', 'NetworkPolicy')) {
    for (const direction of directionsOf(policy)) {
      push(policies, `${String(direction)} ${inventory.namespaceOf(policy)}`, policy);
    }
  }
  return { policies, of: { Ingress: new Map(), Egress: new Map() } };
});

/** As the API server fills them in: always Ingress, and Egress where there are egress rules. */
function directionsOf(policy: Resource): ReadonlySet<unknown> {
  const { policyTypes, egress } = mapping(policy.manifest.spec);
  if (policyTypes !== undefined) return new Set(items(policyTypes));
  return new Set(items(egress).length > 0 ? ['Ingress', 'Egress'] : ['Ingress']);
}

/** Whether any rule of the policies lets traffic through on a port, from or to whomever. */
export function admits(policies: readonly Resource[], direction: Direction, use: PortUse): boolean {
  const field = direction === 'Ingress' ? 'ingress' : 'egress';
  for (const policy of policies) {
    for (const rule of items(mapping(policy.manifest.spec)[field])) {
      if (isMapping(rule) && admitsPort(rule.ports, use)) return true;
    }
  }
  return false;
}

/** No list of ports means all of them. */
function admitsPort(ports: Value | undefined, use: PortUse): boolean {
  const listed = items(ports);
  return listed.length === 0 || listed.some((port) => isMapping(port) && matches(port, use));
}

function matches({ protocol, port, endPort }: Mapping, use: PortUse): boolean {
  if ((protocol ?? 'TCP') !== use.protocol) return false;
  if (port === undefined) return true;
  if (typeof port === 'string') return port === use.name;
  if (use.port === undefined) return false;
  return typeof endPort === 'number'
    ? use.port >= Number(port) && use.port <= endPort
    : use.port === Number(port);
}
