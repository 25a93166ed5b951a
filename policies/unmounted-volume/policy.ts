import { mappings } from '../../scripts/core/fields.ts';
import type { PodPolicy } from '../../scripts/core/policy.ts';
import { containersOf } from '../../scripts/core/workload.ts';

export default {
  id: 'unmounted-volume',
  of: 'pod',
  severity: 'warning',
  default: 'on',
  title: 'Volume is mounted by no container',
  why: 'It is left over, or the mount that should use it is missing and the program writes to its own filesystem.',
  fix: 'Mount it under `volumeMounts`, or remove it.',

  *check(spec) {
    const mounted = new Set<unknown>();
    for (const { value } of containersOf(spec)) {
      for (const [, { name }] of mappings(value.volumeMounts)) mounted.add(name);
      for (const [, { name }] of mappings(value.volumeDevices)) mounted.add(name);
    }
    for (const [index, { name }] of mappings(spec.volumes)) {
      if (mounted.has(name)) continue;
      yield {
        at: ['volumes', index, 'name'],
        message: `Volume "${String(name)}" is mounted by no container`,
      };
    }
  },
} satisfies PodPolicy;
