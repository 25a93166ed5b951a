import { type Finding, findingOf } from '../core/finding.ts';
import type { FoundViolation } from './policies.ts';

/** What the checks found, at its place. */
export function toFindings(
  found: readonly FoundViolation[],
  clusters: readonly string[],
): readonly Finding[] {
  return found.map(({ resource, violation }) =>
    findingOf(violation.rule, {
      message: violation.message,
      severity: violation.severity,
      fix: violation.fix,
      resource: resource.id,
      path: violation.at,
      origin: resource.originsOf(violation.at)[0]!,
      clusters,
    }),
  );
}
