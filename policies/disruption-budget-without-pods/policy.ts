import { budgetsIn } from '../../scripts/core/budget.ts';
import { mapping } from '../../scripts/core/fields.ts';
import { hasUnknownPods } from '../../scripts/core/pod-makers.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import { describeSelector } from '../../scripts/core/selector.ts';

export default {
  id: 'disruption-budget-without-pods',
  of: 'cluster',
  severity: 'warning',
  default: 'on',
  title: 'Disruption budget selects no pod',
  why: 'It protects nothing, and looks as if it did.',
  fix: 'Let `spec.selector` match labels of the pod template that is meant.',
  category: 'reference',

  *check(inventory) {
    for (const { resource, workloads } of budgetsIn(inventory)) {
      const namespace = inventory.namespaceOf(resource);
      if (workloads.length > 0) continue;
      if (inventory.extent === 'part' && inventory.workloadsIn(namespace).length === 0) continue;
      if (hasUnknownPods(inventory, namespace)) continue;
      const { selector } = mapping(resource.manifest.spec);
      yield {
        resource,
        at: ['spec', 'selector'],
        message: `PodDisruptionBudget "${resource.id.name}" selects "${describeSelector(selector)}", and no pod in namespace "${namespace}" has these labels`,
      };
    }
  },
} satisfies ClusterPolicy;
