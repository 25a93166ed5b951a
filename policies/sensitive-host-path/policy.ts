import { mapping, mappings, text } from '../../scripts/core/fields.ts';
import type { PodPolicy } from '../../scripts/core/policy.ts';

const SENSITIVE = new Set(['/', '/boot', '/dev', '/etc', '/lib', '/proc', '/root', '/sys', '/usr']);

export default {
  id: 'sensitive-host-path',
  of: 'pod',
  severity: 'warning',
  default: 'on',
  title: 'Pod mounts a system folder of its node',
  why: 'It can read the node’s secrets, and change how the node runs if it may write there.',
  fix: 'Remove the volume, or mount only the file that is needed.',
  peers: ['kube-linter/sensitive-host-mounts'],

  *check(spec) {
    for (const [index, volume] of mappings(spec.volumes)) {
      const path = text(mapping(volume.hostPath).path);
      if (path === undefined || !SENSITIVE.has(path.length > 1 ? path.replace(/\/+$/, '') || '/' : path))
        continue;
      yield {
        at: ['volumes', index, 'hostPath', 'path'],
        message: `Volume "${String(volume.name)}" mounts the system folder "${path}" of the node`,
      };
    }
  },
} satisfies PodPolicy;
