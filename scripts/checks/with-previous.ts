import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../core/failure.ts';
import { baseCommit, changedFiles, withCommit } from '../git/repository.ts';

const FOLDERS = ['base', 'overlays', 'clusters'];

/** @property missing why updates were not judged, where they should have been */
export interface WithPrevious<T> {
  readonly result: T;
  readonly missing: string | undefined;
}

/**
 * Hands `work` the root of the desired state as it was at the commit to compare with, or undefined where nothing
 * differs from it.
 */
export function withPrevious<T>(
  root: string,
  against: string | undefined,
  work: (previousRoot: string | undefined) => T,
): WithPrevious<T> {
  if (!existsSync(join(root, '.git'))) return { result: work(undefined), missing: undefined };
  const commit = baseCommit(root, against);
  if (commit === undefined) {
    if (against !== undefined) throw new Failure(`--against "${against}" names no commit of this repository`);
    const missing = 'no commit shared with main is at hand; fetch main, or name one with --against REF';
    return { result: work(undefined), missing };
  }
  if (changedFiles(root, commit, FOLDERS).length === 0)
    return { result: work(undefined), missing: undefined };
  const result = withCommit(root, commit, FOLDERS, (previous) => ({ done: work(previous) }));
  if (result !== undefined) return { result: result.done, missing: undefined };
  return { result: work(undefined), missing: `commit ${commit.slice(0, 12)} could not be read` };
}
