import { mapping, mappings } from '../../scripts/core/fields.ts';
import type { PodPolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'host-path',
  of: 'pod',
  severity: 'warning',
  default: 'in-clusters',
  title: 'Pod mounts a folder of its node',
  why: 'It sees other data on each node, keeps a way into the node, and the baseline Pod Security level refuses it.',
  fix: 'Use an `emptyDir`, a PersistentVolumeClaim or a ConfigMap.',
  peers: ['polaris/hostPathSet'],

  *check(spec) {
    for (const [index, volume] of mappings(spec.volumes)) {
      if (volume.hostPath === undefined) continue;
      yield {
        at: ['volumes', index, 'hostPath'],
        message: `Volume "${String(volume.name)}" mounts "${String(mapping(volume.hostPath).path)}" of the node`,
      };
    }
  },
} satisfies PodPolicy;
