import { mapping, text } from '../../scripts/core/fields.ts';
import type { ClusterPolicy } from '../../scripts/core/policy.ts';
import { exists } from '../../scripts/core/references/index.ts';
import { groupOf } from '../../scripts/core/resource.ts';
import { autoscalersIn } from '../../scripts/core/scaling.ts';

export default {
  id: 'missing-scale-target',
  of: 'cluster',
  severity: 'error',
  default: 'on',
  title: 'Autoscaler names a workload that does not exist',
  why: 'It scales nothing, and says so only in its own status.',
  fix: 'Correct `apiVersion`, `kind` or `name` of the target.',
  category: 'reference',
  peers: ['kube-linter/dangling-horizontalpodautoscaler', 'kube-score/horizontalpodautoscaler-has-target'],

  *check(inventory) {
    const verticals = inventory.ofKind('autoscaling.k8s.io', 'VerticalPodAutoscaler').map((resource) => {
      const { apiVersion, kind, name } = mapping(mapping(resource.manifest.spec).targetRef);
      const target = {
        group: groupOf(text(apiVersion) ?? ''),
        kind: text(kind) ?? '',
        name: text(name) ?? '',
      };
      return { resource, target, targetPath: ['spec', 'targetRef'] };
    });
    for (const { resource, target, targetPath } of [...autoscalersIn(inventory), ...verticals]) {
      const namespace = inventory.namespaceOf(resource);
      if (exists(inventory, { ...target, namespace })) continue;
      if (inventory.extent === 'part' && inventory.workloadsIn(namespace).length === 0) continue;
      yield {
        resource,
        at: [...targetPath, 'name'],
        message: `${resource.id.kind} "${resource.id.name}" scales ${target.kind} "${target.name}"${target.group === '' ? '' : ` of ${target.group}`}, which does not exist in namespace "${namespace}"`,
      };
    }
  },
} satisfies ClusterPolicy;
