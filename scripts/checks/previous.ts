import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../core/failure.ts';
import { baseCommit, changedFiles, withCommit } from '../git/repository.ts';

const FOLDERS = ['base', 'overlays', 'clusters'];

/** What rules on updates compare with. */
export interface Previous {
  /** Undefined outside of git, and where it is missing. */
  readonly commit: string | undefined;
  /** Why updates cannot be judged, where they should be. */
  readonly missing: string | undefined;
}

export function previousOf(root: string, against: string | undefined): Previous {
  if (!existsSync(join(root, '.git'))) return { commit: undefined, missing: undefined };
  const commit = baseCommit(root, against);
  if (commit !== undefined) return { commit, missing: undefined };
  if (against !== undefined) throw new Failure(`--against "${against}" names no commit of this repository`);
  const missing = 'no commit shared with main is at hand; fetch main, or name one with --against REF';
  return { commit, missing };
}

/**
 * Hands `work` the root of the desired state as it was at the commit to compare with, or undefined where nothing
 * differs from it.
 */
export async function withPrevious<T>(
  root: string,
  { commit }: Previous,
  work: (previousRoot: string | undefined) => Promise<T>,
): Promise<T> {
  if (commit === undefined || changedFiles(root, commit, FOLDERS).length === 0) return work(undefined);
  const laidOut = await withCommit(root, commit, FOLDERS, async (previousRoot) => ({
    done: await work(previousRoot),
  }));
  if (laidOut === undefined) throw new Failure(`Commit ${commit.slice(0, 12)} could not be read`);
  return laidOut.done;
}
