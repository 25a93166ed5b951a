import type { Value } from './value.ts';

/** That share of a whole, rounded up as Kubernetes' controllers do; undefined of what is no percentage. */
export function shareOf(value: Value, whole: number): number | undefined {
  const percent = typeof value === 'string' ? /^(\d+)%$/.exec(value)?.[1] : undefined;
  return percent === undefined ? undefined : Math.ceil((Number(percent) * whole) / 100);
}
