import { Failure } from '../core/failure.ts';
import { baseCommit, changedFiles } from '../git/repository.ts';

/** What a run is narrowed to. */
export interface Difference {
  readonly commit: string;
  /** Every file that differs from it; undefined where what judges differs, which can affect everything. */
  readonly files: readonly string[] | undefined;
}

/** Programs, rules, and what decides which of them hold. */
const JUDGES = /^(scripts|policies|schemas)\/|^package(-lock)?\.json$/;

/** @param ref a commit, or undefined for where the branch left main */
export async function differenceFrom(root: string, ref: string | undefined): Promise<Difference> {
  const commit = baseCommit(root, ref);
  if (commit === undefined) {
    throw new Failure(
      ref === undefined
        ? '--changed finds no commit shared with main; fetch main, or name one with --changed REF'
        : `--changed "${ref}" names no commit of this repository`,
    );
  }
  const files = await changedFiles(root, commit, ['.']);
  return { commit, files: files.some((file) => JUDGES.test(file)) ? undefined : files };
}
