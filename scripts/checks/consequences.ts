import { nearest } from '../core/nearest.ts';
import type { Path } from '../core/path.ts';
import type { Resource } from '../core/resource.ts';
import type { FoundViolation } from './policies.ts';

/**
 * One root cause, one finding: a misspelled field is also a missing one, and whoever looked for the right spelling
 * need not say so. Drops, in each object that has an unknown field, what is said of the field that was meant.
 */
export function withoutConsequences(found: readonly FoundViolation[]): readonly FoundViolation[] {
  const unknown = new Map<Resource, Path[]>();
  for (const { resource, violation } of found) {
    if (violation.rule.id !== 'unknown-field') continue;
    const paths = unknown.get(resource);
    if (paths === undefined) unknown.set(resource, [violation.at]);
    else paths.push(violation.at);
  }
  if (unknown.size === 0) return found;
  return found.filter(
    ({ resource, violation }) =>
      violation.rule.id === 'unknown-field' ||
      !unknown.get(resource)?.some((misspelled) => isMeant(misspelled, violation.at)),
  );
}

function isMeant(misspelled: Path, at: Path): boolean {
  const last = misspelled.length - 1;
  const name = misspelled[last];
  const meant = at[last];
  if (typeof name !== 'string' || typeof meant !== 'string' || name === meant) return false;
  for (let i = 0; i < last; i++) if (misspelled[i] !== at[i]) return false;
  return nearest(name, [meant]) === meant;
}
