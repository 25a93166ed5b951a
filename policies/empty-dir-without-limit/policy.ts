import { mapping, mappings } from '../../scripts/core/fields.ts';
import type { PodPolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'empty-dir-without-limit',
  of: 'pod',
  severity: 'warning',
  default: 'in-clusters',
  title: 'Volume on the node’s disk has no limit',
  why: 'A runaway log or cache fills the disk of the node, and the kubelet then evicts pods that did nothing wrong.',
  fix: 'Set `emptyDir.sizeLimit`: only the pod that passes it is evicted.',

  *check(spec) {
    for (const [index, volume] of mappings(spec.volumes)) {
      if (volume.emptyDir === undefined || mapping(volume.emptyDir).sizeLimit !== undefined) continue;
      yield {
        at: ['volumes', index, 'emptyDir', 'sizeLimit'],
        message: `Volume "${String(volume.name)}" has no size limit`,
      };
    }
  },
} satisfies PodPolicy;
