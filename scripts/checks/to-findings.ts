import { type Finding, findingOf, type RuleViolation } from '../core/finding.ts';
import type { Resource } from '../core/resource.ts';
import { isMapping, isSequence, valueAt } from '../core/value.ts';
import { placeEdit } from './place-edit.ts';
import type { FoundViolation } from './policies.ts';

/** What the checks found, at its place. */
export function toFindings(
  found: readonly FoundViolation[],
  clusters: readonly string[],
): readonly Finding[] {
  return found.map(({ resource, violation, placed }) =>
    findingOf(violation.rule, {
      message: violation.message,
      severity: violation.severity,
      fix: violation.fix,
      resource: resource.id,
      path: violation.at,
      ...(placed ?? place(resource, violation)),
      clusters,
    }),
  );
}

export function place(
  resource: Resource,
  violation: RuleViolation,
): Pick<Finding, 'origin' | 'exact' | 'edit'> {
  const { at, place = at, edit } = violation;
  return { ...placeOf(resource, violation), edit: edit && placeEdit(resource, place, edit) };
}

/** The value, or the key where the name is at fault or the value is a block; where absent, the parent's. */
function placeOf(
  resource: Resource,
  { rule, at, place = at }: RuleViolation,
): Pick<Finding, 'origin' | 'exact'> {
  if (rule.id === 'unknown-field') return { origin: resource.keyOriginOf(place), exact: true };
  for (let length = place.length; length > 0; length--) {
    const written = place.slice(0, length);
    const value = valueAt(resource.manifest, written);
    if (value === undefined) continue;
    const isBlock = isMapping(value) || isSequence(value);
    const origin =
      isBlock && typeof written.at(-1) === 'string'
        ? resource.keyOriginOf(written)
        : resource.originsOf(written)[0]!;
    return { origin, exact: !isBlock && length === place.length };
  }
  return { origin: resource.originsOf(place)[0]!, exact: false };
}
