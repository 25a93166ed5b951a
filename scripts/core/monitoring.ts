import { items, mapping } from './fields.ts';
import type { Inventory } from './inventory.ts';
import type { Resource } from './resource.ts';
import { selects, selectsAll } from './selector.ts';

/** The Services that a ServiceMonitor sees, as the Prometheus operator selects them. */
export function monitoredBy(inventory: Inventory, monitor: Resource): readonly Resource[] {
  const { selector, namespaceSelector } = mapping(monitor.manifest.spec);
  const { any, matchNames } = mapping(namespaceSelector);
  const own = inventory.namespaceOf(monitor);
  return inventory.ofKind('', 'Service').filter((service) => {
    const namespace = inventory.namespaceOf(service);
    const seen =
      any === true ||
      (items(matchNames).length === 0 ? namespace === own : items(matchNames).includes(namespace));
    const labels = mapping(mapping(service.manifest.metadata).labels);
    return seen && (selectsAll(selector) || selects(selector, labels));
  });
}
