import type { ClusterPolicy } from '../../scripts/core/policy.ts';

import type { Autoscaler } from '../../scripts/core/scaling.ts';
import { aimsAtNothing, autoscalersIn } from '../../scripts/core/scaling.ts';

export default {
  id: 'two-autoscalers-on-one-workload',
  of: 'cluster',
  severity: 'error',
  default: 'on',
  title: 'Two autoscalers set the replicas of one workload',
  why: 'Each undoes what the other did: the number of pods jumps to and fro.',
  fix: 'Keep one of them, with the metrics of both.',

  *check(inventory) {
    const first = new Map<string, Autoscaler>();
    for (const autoscaler of autoscalersIn(inventory)) {
      // What both misname is missing-scale-target's to say.
      if (aimsAtNothing(inventory, autoscaler)) continue;
      const { resource, namespace, target, targetPath } = autoscaler;
      const key = `${namespace}/${target.group}/${target.kind}/${target.name}`;
      const other = first.get(key);
      if (other === undefined) first.set(key, autoscaler);
      else {
        yield {
          resource,
          at: targetPath,
          message: `${resource.id.kind} "${resource.id.name}" scales ${target.kind} "${target.name}", as ${other.resource.id.kind} "${other.resource.id.name}" does`,
        };
      }
    }
  },
} satisfies ClusterPolicy;
