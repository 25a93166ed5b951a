import { mapping, mappings, text } from '../../scripts/core/fields.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import { autoscalersIn } from '../../scripts/core/scaling.ts';

export default {
  id: 'autoscalers-fight-over-one-metric',
  of: 'cluster',
  severity: 'error',
  default: 'on',
  title: 'Vertical and horizontal autoscaler act on the same metric',
  why: 'The one raises the requests, so that the share in use falls and the other takes pods away, and so on.',
  fix: 'Set `updatePolicy.updateMode: "Off"` on the VerticalPodAutoscaler, or let the other scale on something else than CPU and memory.',

  *check(inventory) {
    for (const resource of inventory.ofKind('autoscaling.k8s.io', 'VerticalPodAutoscaler')) {
      const { targetRef, updatePolicy } = mapping(resource.manifest.spec);
      const mode = text(mapping(updatePolicy).updateMode) ?? 'Auto';
      if (mode === 'Off' || mode === 'Initial') continue;
      const { kind, name } = mapping(targetRef);
      const namespace = inventory.namespaceOf(resource);
      for (const { resource: other, target, namespace: where } of autoscalersIn(inventory)) {
        if (where !== namespace || target.kind !== kind || target.name !== name) continue;
        const metrics = mappings(mapping(other.manifest.spec).metrics);
        // Without metrics an autoscaler looks at CPU.
        const onResource = metrics.length === 0 || metrics.some(([, metric]) => metric.type === 'Resource');
        if (!onResource || other.id.kind !== 'HorizontalPodAutoscaler') continue;
        yield {
          resource,
          at: ['spec', 'updatePolicy', 'updateMode'],
          message: `VerticalPodAutoscaler "${resource.id.name}" changes the requests of ${kind} "${name}", which HorizontalPodAutoscaler "${other.id.name}" scales by`,
        };
      }
    }
  },
} satisfies ClusterPolicy;
