import type { Inventory } from '../inventory.ts';
import type { PlacedViolation } from '../policy.ts';
import { exists, referencesTo } from './index.ts';

/**
 * What is named and is not there. Where only a part of the cluster is known, and nothing of that kind stands in the
 * namespace, nothing can be said.
 */
export function* missing(inventory: Inventory, group: string, kind: string): Generator<PlacedViolation> {
  const known =
    inventory.extent === 'part'
      ? new Set(inventory.ofKind(group, kind).map((each) => inventory.namespaceOf(each)))
      : undefined;
  for (const reference of referencesTo(inventory, group, kind)) {
    if (reference.optional || reference.key !== undefined || exists(inventory, reference)) continue;
    const { from, at, namespace, name } = reference;
    if (known?.has(namespace) === false) continue;
    const where = namespace === '' ? '' : ` in namespace "${namespace}"`;
    yield {
      resource: from,
      at,
      message: `${from.id.kind} "${from.id.name}" names ${kind} "${name}", which does not exist${where}`,
    };
  }
}
