import { mapping, texts } from '../../scripts/core/fields.ts';
import type { Inventory } from '../../scripts/core/inventory.ts';
import { hasUnknownPods } from '../../scripts/core/pod-makers.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import type { Resource } from '../../scripts/core/resource.ts';
import { describeLabels } from '../../scripts/core/selector.ts';
import { podsBehind, selectorOf, selectsPods } from '../../scripts/core/traffic.ts';

export default {
  id: 'service-without-pods',
  of: 'cluster',
  severity: 'error',
  default: 'on',
  title: 'Service selects no pod',
  why: 'Whoever calls it gets no answer: its labels fit no pod of its namespace.',
  fix: 'Let `spec.selector` be labels of the pod template that is meant.',
  category: 'reference',
  peers: ['kube-linter/dangling-service', 'kube-score/service-targets-pod'],

  *check(inventory) {
    for (const service of inventory.ofKind('', 'Service')) {
      if (!selectsPods(service) || podsBehind(inventory, service).length > 0) continue;
      const namespace = inventory.namespaceOf(service);
      if (inventory.extent === 'part' && inventory.workloadsIn(namespace).length === 0) continue;
      if (hasUnknownPods(inventory, namespace)) continue;
      yield {
        resource: service,
        at: ['spec', 'selector', ...strangeLabel(inventory, service)],
        message: `Service "${service.id.name}" selects "${describeLabels(selectorOf(service))}", and no pod in namespace "${namespace}" has these labels`,
      };
    }
  },
} satisfies ClusterPolicy;

/** The label that no pod of the namespace has: the one to mend, where there is one. */
function strangeLabel(inventory: Inventory, service: Resource): readonly string[] {
  const pods = inventory.workloadsIn(inventory.namespaceOf(service)).map(({ pod }) => pod.labels);
  const strange = texts(mapping(service.manifest.spec).selector).find(
    ([key, value]) => !pods.some((labels) => labels[key] === value),
  );
  return strange === undefined ? [] : [strange[0]];
}
