import { mapping, mappings, text } from '../../scripts/core/fields.ts';
import { monitoredBy } from '../../scripts/core/monitoring.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'service-monitor-port-unknown',
  of: 'cluster',
  severity: 'error',
  default: 'on',
  title: 'ServiceMonitor asks a port that the Service does not have',
  why: 'Nothing is measured, and an alert on what is not measured never fires.',
  fix: 'Use the name of a port of the Service.',
  category: 'reference',

  *check(inventory) {
    for (const resource of inventory.ofKind('monitoring.coreos.com', 'ServiceMonitor')) {
      const services = monitoredBy(inventory, resource);
      if (services.length === 0) continue;
      const names = new Set(
        services.flatMap(({ manifest }) =>
          mappings(mapping(manifest.spec).ports).map(([, { name }]) => name),
        ),
      );
      for (const [index, endpoint] of mappings(mapping(resource.manifest.spec).endpoints)) {
        const port = text(endpoint.port);
        if (port === undefined || names.has(port)) continue;
        yield {
          resource,
          at: ['spec', 'endpoints', index, 'port'],
          message: `ServiceMonitor "${resource.id.name}" asks port "${port}", and Service "${services[0]?.id.name}" has no port of that name`,
        };
      }
    }
  },
} satisfies ClusterPolicy;
