import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../core/failure.ts';
import type { ChangedFiles } from '../core/files-before.ts';
import { baseCommit, changedFiles, filesAt } from '../git/repository.ts';

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

/** The files that differ from it: asked for beside other work. */
export async function changesSince(root: string, { commit }: Previous): Promise<readonly string[]> {
  return commit === undefined ? [] : changedFiles(root, commit, FOLDERS);
}

/** How the desired state differs from what it was at the commit to compare with; undefined where it does not. */
export async function differenceFromPrevious(
  root: string,
  { commit }: Previous,
  changes: Promise<readonly string[]>,
): Promise<ChangedFiles | undefined> {
  const changed = await changes;
  if (commit === undefined || changed.length === 0) return undefined;
  const contents = filesAt(root, commit, changed);
  if (contents === undefined) throw new Failure(`Commit ${commit.slice(0, 12)} could not be read`);
  return { changed: new Set(changed), contents };
}
