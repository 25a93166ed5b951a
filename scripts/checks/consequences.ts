import type { Category, Rule } from '../core/finding.ts';
import { nearest } from '../core/nearest.ts';
import type { Path } from '../core/path.ts';
import type { Resource } from '../core/resource.ts';
import type { FoundViolation } from './policies.ts';

/**
 * Whose word counts where several speak of one field: what cannot be decoded need not be valid, or wise; and an image
 * that is no part of the release need not be a good one.
 */
const RANK: Readonly<Partial<Record<Category, number>>> = { schema: 0, 'api-server': 1 };
const OUTSIDE_THE_RELEASE = { rule: 'version-outside-the-release', rank: 2 };
const LEAST = 3;

/**
 * One root cause, one finding. In each object, leaves out what is said of a field that a stronger check has refused,
 * or of a field that is missing because its name is misspelled.
 */
export function withoutConsequences(found: readonly FoundViolation[]): readonly FoundViolation[] {
  const causes = new Map<Resource, Cause[]>();
  for (const { resource, violation } of found) {
    const rank = rankOf(violation.rule);
    if (rank === undefined || violation.at.length === 0) continue;
    const { id } = violation.rule;
    const cause = {
      rank,
      at: violation.at,
      misspelled: id === 'unknown-field',
      noKind: id === 'unknown-kind' || id === 'kind-not-checked',
    };
    const known = causes.get(resource);
    if (known === undefined) causes.set(resource, [cause]);
    else known.push(cause);
  }
  if (causes.size === 0) return found;
  return found.filter(({ resource, violation }) => {
    const rank = rankOf(violation.rule) ?? LEAST;
    return !causes
      .get(resource)
      ?.some(
        (cause) =>
          cause.rank < rank && (isNoName(cause, rank, violation.at) || explains(cause, violation.at)),
      );
  });
}

function rankOf({ id, category }: Rule): number | undefined {
  return id === OUTSIDE_THE_RELEASE.rule ? OUTSIDE_THE_RELEASE.rank : RANK[category];
}

interface Cause {
  readonly rank: number;
  readonly at: Path;
  readonly misspelled: boolean;
  /** It may be no object of a cluster at all, but the settings of a program, which need no name. */
  readonly noKind: boolean;
}

function isNoName({ noKind }: Cause, rank: number, said: Path): boolean {
  return noKind && rank < LEAST && said.length === 2 && said[0] === 'metadata' && said[1] === 'name';
}

function explains({ rank, at, misspelled }: Cause, said: Path): boolean {
  const last = at.length - 1;
  // What the schema refuses has no fields to speak of; what the server refuses as a whole still has each of its own.
  if (rank > 0 && said.length > at.length) return false;
  for (let i = 0; i < last; i++) if (at[i] !== said[i]) return false;
  const name = at[last];
  const other = said[last];
  if (name === other) return true;
  return (
    misspelled && typeof name === 'string' && typeof other === 'string' && nearest(name, [other]) === other
  );
}
