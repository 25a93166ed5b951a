import { toPointer } from '../core/path.ts';
import type { FoundViolation } from './policies.ts';

/** Says of pods what follows from where the policies stand, without being a reference. */
const FOLLOWS = 'pod-without-network-policy';

/**
 * One root cause, one finding. Objects in a namespace that nobody makes are not where the others look for them, so
 * that every reference to and from them seems broken: then only the namespace is to be mended, and the rest is judged
 * once it is.
 *
 * @param found what no exception excuses
 */
export function withoutMisplaced(found: readonly FoundViolation[]): readonly FoundViolation[] {
  if (!found.some(isCause)) return found;
  return found.filter(
    (each) =>
      isCause(each) || (each.violation.rule.category !== 'reference' && each.violation.rule.id !== FOLLOWS),
  );
}

function isCause({ violation: { rule, at } }: FoundViolation): boolean {
  if (rule.severity !== 'error') return false;
  // The server refuses the name of a namespace at the objects in it. Who only names a namespace is not misplaced.
  return (
    (rule.id === 'missing-namespace' || rule.id === 'refused-name') && toPointer(at) === '/metadata/namespace'
  );
}
