import { items, mapping } from '../../scripts/core/fields.ts';
import { monitoredBy } from '../../scripts/core/monitoring.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import { describeSelector, selectsAll } from '../../scripts/core/selector.ts';

export default {
  id: 'service-monitor-without-service',
  of: 'cluster',
  severity: 'error',
  default: 'in-clusters',
  title: 'ServiceMonitor finds no Service',
  why: 'Nothing is measured, and an alert on what is not measured never fires.',
  fix: 'Let `spec.selector` match labels of the Service, and `namespaceSelector` its namespace.',
  category: 'reference',
  peers: ['kube-linter/dangling-servicemonitor'],

  *check(inventory) {
    for (const resource of inventory.ofKind('monitoring.coreos.com', 'ServiceMonitor')) {
      const { selector, namespaceSelector } = mapping(resource.manifest.spec);
      const title = `ServiceMonitor "${resource.id.name}"`;
      const { any, matchNames } = mapping(namespaceSelector);
      if (selectsAll(selector) && any !== true && items(matchNames).length === 0) {
        yield { resource, at: ['spec', 'selector'], message: `${title} selects no Service in particular` };
      } else if (monitoredBy(inventory, resource).length === 0) {
        const message = `${title} selects "${describeSelector(selector)}", and no Service that it can see has these labels`;
        yield { resource, at: ['spec', 'selector'], message };
      }
    }
  },
} satisfies ClusterPolicy;
