import { mappings } from '../../scripts/core/fields.ts';
import type { PodPolicy } from '../../scripts/core/policy.ts';
import type { Value } from '../../scripts/core/value.ts';
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
    const mounted = new Set<Value | undefined>();
    for (const { value } of containersOf(spec)) {
      for (const [, { name }] of mappings(value.volumeMounts)) mounted.add(name);
      for (const [, { name }] of mappings(value.volumeDevices)) mounted.add(name);
    }
    const names = new Set(mappings(spec.volumes).map(([, { name }]) => name));
    // A mount of a volume that is not there means one that is: the name is the mistake.
    if ([...mounted].some((name) => !names.has(name))) return;
    for (const [index, { name }] of mappings(spec.volumes)) {
      if (mounted.has(name)) continue;
      yield {
        at: ['volumes', index, 'name'],
        message: `Volume "${String(name)}" is mounted by no container`,
      };
    }
  },
} satisfies PodPolicy;
