import type { Path } from './path.ts';
import { isMapping, isSequence, type Value } from './value.ts';

/** The path of the first value that differs, in the order of the new one; undefined where all are equal. */
export function firstDifference(old: Value | undefined, value: Value | undefined): Path | undefined {
  if (old === value) return undefined;
  if (isMapping(old) && isMapping(value)) {
    for (const key in value) {
      const inside = firstDifference(old[key], value[key]);
      if (inside !== undefined) return [key, ...inside];
    }
    for (const key in old) if (value[key] === undefined) return [key];
    return undefined;
  }
  if (isSequence(old) && isSequence(value)) {
    for (let i = 0; i < Math.max(old.length, value.length); i++) {
      const inside = firstDifference(old[i], value[i]);
      if (inside !== undefined) return [i, ...inside];
    }
    return undefined;
  }
  return [];
}
