import { items, mapping, mappings } from './fields.ts';
import { selects } from './selector.ts';
import type { Pod } from './workload.ts';

const APART = ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'];

/**
 * Whether the scheduler is told to put pods of this kind on different nodes, or in different zones.
 * @param namespace of the pods: a term of an affinity may be for the pods of others
 */
export function isSpread({ spec, labels }: Pod, namespace: string): boolean {
  for (const [, { topologyKey, labelSelector }] of mappings(spec.topologySpreadConstraints)) {
    if (APART.includes(String(topologyKey)) && selects(labelSelector, labels)) return true;
  }
  const affinity = mapping(mapping(spec.affinity).podAntiAffinity);
  const terms = [
    ...mappings(affinity.requiredDuringSchedulingIgnoredDuringExecution).map(([, term]) => term),
    ...mappings(affinity.preferredDuringSchedulingIgnoredDuringExecution).map(([, preferred]) =>
      mapping(preferred.podAffinityTerm),
    ),
  ];
  return terms.some(
    ({ topologyKey, labelSelector, namespaces }) =>
      topologyKey === 'kubernetes.io/hostname' &&
      selects(labelSelector, labels) &&
      (items(namespaces).length === 0 || items(namespaces).includes(namespace)),
  );
}
