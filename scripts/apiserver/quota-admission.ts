import type { Inventory, Workload } from '../core/inventory.ts';
import { groupOf, type Resource } from '../core/resource.ts';
import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { filledBy } from './limit-range-admission.ts';
import { type Quantity, quantityOf, units } from './quantity.ts';
import { EMPTY, each, has, integer, itemOf, list, mapping, text } from './read.ts';

const COMPUTE: Readonly<Record<string, readonly ['requests' | 'limits', string]>> = {
  cpu: ['requests', 'cpu'],
  memory: ['requests', 'memory'],
  'ephemeral-storage': ['requests', 'ephemeral-storage'],
  'requests.cpu': ['requests', 'cpu'],
  'requests.memory': ['requests', 'memory'],
  'requests.ephemeral-storage': ['requests', 'ephemeral-storage'],
  'limits.cpu': ['limits', 'cpu'],
  'limits.memory': ['limits', 'memory'],
  'limits.ephemeral-storage': ['limits', 'ephemeral-storage'],
};

/** A quota with scopes only counts some pods, which manifests do not tell for sure. */
export function isScoped(quota: Mapping): boolean {
  const spec = mapping(quota, 'spec') ?? EMPTY;
  return list(spec, 'scopes').length > 0 || has(spec, 'scopeSelector');
}

export function hardOf(quota: Mapping): Mapping {
  return mapping(mapping(quota, 'spec') ?? EMPTY, 'hard') ?? EMPTY;
}

/** Where a quota counts cpu or memory, every container must say how much it asks for. */
export function checkQuotaNeeds(spec: Mapping, hard: Mapping, limits: readonly Mapping[], at: Field): void {
  const needs = new Map<string, readonly ['requests' | 'limits', string]>();
  for (const name of Object.keys(hard)) {
    const need = COMPUTE[name];
    if (need !== undefined) needs.set(need.join('.'), need);
  }
  if (needs.size === 0) return;
  for (const key of ['containers', 'initContainers'])
    each(spec, key, at, (container, place) => {
      const filled = filledBy(limits, container);
      for (const [part, name] of needs.values())
        if (!filled[part].has(name))
          place
            .at('resources')
            .at(part)
            .at(name)
            .required('a value, as a ResourceQuota of the namespace counts it');
    });
}

const COUNTED: Readonly<Record<string, readonly [string, string]>> = {
  configmaps: ['', 'ConfigMap'],
  secrets: ['', 'Secret'],
  services: ['', 'Service'],
  persistentvolumeclaims: ['', 'PersistentVolumeClaim'],
  replicationcontrollers: ['', 'ReplicationController'],
  resourcequotas: ['', 'ResourceQuota'],
};

/** More than a quota allows, counted over what is declared in its namespace; autoscalers at their least. */
export function checkQuotaSums(
  quota: Resource,
  inventory: Inventory,
  limits: readonly Mapping[],
  at: Field,
): void {
  const namespace = inventory.namespaceOf(quota);
  const hard = hardOf(quota.manifest);
  const workloads = inventory.workloadsIn(namespace);
  for (const name of Object.keys(hard)) {
    const allowed = quantityOf(hard[name]);
    if (allowed === undefined) continue;
    const used = usedOf(name, namespace, workloads, inventory, limits);
    if (used !== undefined && used > allowed)
      at.at('spec')
        .at('hard')
        .at(name)
        .refuse(
          `${name} allows ${String(hard[name])}, expected at least ${shown(used)}, which is declared in the namespace`,
        );
  }
}

function usedOf(
  name: string,
  namespace: string,
  workloads: readonly Workload[],
  inventory: Inventory,
  limits: readonly Mapping[],
): Quantity | undefined {
  const compute = COMPUTE[name];
  if (compute !== undefined || name === 'pods') {
    let sum = 0n;
    for (const workload of workloads) {
      const replicas = replicasOf(workload, inventory);
      if (compute === undefined) sum += units(replicas);
      else
        for (const item of list(workload.pod.spec, 'containers'))
          sum +=
            BigInt(replicas) * (filledBy(limits, itemOf(item) ?? EMPTY)[compute[0]].get(compute[1]) ?? 0n);
    }
    return sum;
  }
  const kind = COUNTED[name];
  if (kind === undefined) return undefined;
  const objects = inventory
    .ofKind(...kind)
    .filter((resource) => inventory.namespaceOf(resource) === namespace);
  return units(objects.length);
}

/** Pods that run at the same time for sure; none for what runs now and then, or once on each node. */
function replicasOf({ resource, namespace }: Workload, inventory: Inventory): number {
  const { kind, apiVersion, name } = resource.id;
  if (kind === 'Pod') return 1;
  if (kind !== 'Deployment' && kind !== 'StatefulSet' && kind !== 'ReplicaSet') return 0;
  const declared = integer(mapping(resource.manifest, 'spec') ?? EMPTY, 'replicas');
  if (declared !== undefined) return Math.max(0, declared);
  for (const scaler of inventory.ofKind('autoscaling', 'HorizontalPodAutoscaler')) {
    if (inventory.namespaceOf(scaler) !== namespace) continue;
    const spec = mapping(scaler.manifest, 'spec') ?? EMPTY;
    const target = mapping(spec, 'scaleTargetRef') ?? EMPTY;
    if (text(target, 'kind') === kind && text(target, 'name') === name)
      if (groupOf(text(target, 'apiVersion') ?? '') === groupOf(apiVersion))
        return integer(spec, 'minReplicas') ?? 1;
  }
  return 1;
}

/** As people write it: whole units or thousandths. */
function shown(quantity: Quantity): string {
  const unit = units(1);
  if (quantity % unit !== 0n) return `${quantity / (unit / 1000n)}m`;
  const whole = quantity / unit;
  for (const [suffix, bits] of [
    ['Gi', 30n],
    ['Mi', 20n],
  ] as const)
    if (whole !== 0n && whole % (1n << bits) === 0n) return `${whole >> bits}${suffix}`;
  return String(whole);
}
