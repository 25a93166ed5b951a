import { mappings } from '../../scripts/core/fields.ts';
import type { PodPolicy } from '../../scripts/core/policy.ts';
import { containersOf, titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'writable-host-path',
  of: 'pod',
  severity: 'warning',
  default: 'off',
  title: 'Container may write to a folder of its node',
  why: 'What it writes outlives it, and other pods and the node read it. Off by default: a node agent often has to, and host-path names every such volume.',
  fix: 'Set `readOnly: true` on the volume mount.',
  peers: ['kube-linter/writable-host-mount'],

  *check(spec) {
    const hostPaths = new Set<unknown>();
    for (const [, volume] of mappings(spec.volumes))
      if (volume.hostPath !== undefined) hostPaths.add(volume.name);
    if (hostPaths.size === 0) return;
    for (const container of containersOf(spec)) {
      for (const [index, mount] of mappings(container.value.volumeMounts)) {
        if (!hostPaths.has(mount.name) || mount.readOnly === true) continue;
        yield {
          at: [...container.at, 'volumeMounts', index, 'readOnly'],
          message: `${titleOf(container)} may write to the node through the volume "${String(mount.name)}"`,
        };
      }
    }
  },
} satisfies PodPolicy;
