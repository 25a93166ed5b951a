import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { checkBaseline } from './pod-security-baseline.ts';
import { checkRestricted } from './pod-security-restricted.ts';

/** The Pod Security Standards, as admission checks them; `edition` is the minor version whose rules count. */
export type Level = 'privileged' | 'baseline' | 'restricted';

/**
 * Reports at `at`, the place of the pod's specification, what the level refuses.
 * @param annotations of the pod, where AppArmor profiles stood before there was a field
 */
export function checkLevel(
  spec: Mapping,
  annotations: Mapping | undefined,
  level: Level,
  edition: number,
  at: Field,
): void {
  if (level === 'privileged') return;
  checkBaseline(spec, annotations, edition, at);
  if (level === 'restricted') checkRestricted(spec, edition, at);
}
