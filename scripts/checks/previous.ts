import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../core/failure.ts';
import { baseCommit, changedFiles, filesAt } from '../git/repository.ts';
import type { PreviousState } from './cluster-report.ts';

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

/** What is read of it whatever a cluster depends on. */
const ALWAYS = ['base/planetarium/release'];

/** What differs from that commit. */
export interface SinceCommit {
  /** Names of files. */
  readonly changed: ReadonlySet<string>;
  /** What those files held at the commit; those that it has not are left out. */
  readonly contents: ReadonlyMap<string, Buffer>;
}

/** The files that differ from it: asked for beside other work. */
export async function changesSince(root: string, { commit }: Previous): Promise<readonly string[]> {
  return commit === undefined ? [] : changedFiles(root, commit, FOLDERS);
}

/** Names that are thought to be all that is needed of the commit; undefined for everything. */
export type Needed = (difference: SinceCommit) => readonly string[] | undefined;

/**
 * Hands `work` the desired state as it was at the commit to compare with, or undefined where nothing differs from it.
 */
export async function withPrevious<T>(
  root: string,
  { commit }: Previous,
  changes: Promise<readonly string[]>,
  needed: Needed,
  work: (previous?: { readonly state: PreviousState; readonly difference: SinceCommit }) => Promise<T>,
): Promise<T> {
  const changed = await changes;
  if (commit === undefined || changed.length === 0) return work();
  const read = (names: readonly string[]) => {
    const files = filesAt(root, commit, names);
    if (files === undefined) throw new Failure(`Commit ${commit.slice(0, 12)} could not be read`);
    return files;
  };
  const difference = { changed: new Set(changed), contents: read(changed) };
  const names = needed(difference);
  const files = read(names === undefined ? FOLDERS : [...names, ...ALWAYS]);
  return work({ state: { files, changed }, difference });
}
