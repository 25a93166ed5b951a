import type { ChangedFiles } from '../core/files-before.ts';
import type { Finding } from '../core/finding.ts';
import type { RemoteChart } from '../discover/fleet.ts';
import type { Idle } from '../discover/idle-entries.ts';
import type { EarlierFolders } from './kept-folders.ts';
import type { KeptPart } from './kept-parts.ts';

/** What a run judges, and by what: plain values, since it crosses threads. */
export interface JudgeOptions {
  /** Absolute path of the repository's root. */
  readonly root: string;
  /** Absolute path of the programs' own folder. */
  readonly home: string;
  /** The repository's address, from package.json. */
  readonly url: string;
  /** Categories and rule ids to keep, or to leave out. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
  /** With the policies that are off by default. */
  readonly all: boolean;
  /** `YYYY-MM-DD`, for exceptions that end. */
  readonly today: string;
  /** What rules on updates compare with; undefined where nothing changed since. */
  readonly previous: ChangedFiles | undefined;
  /** Only clusters that depend on one of these files are judged; all of them unless given. */
  readonly changed: readonly string[] | undefined;
  /** How what is found is kept for a later run; undefined where nothing is. */
  readonly keeping: Keeping | undefined;
}

export interface Keeping {
  /** Milliseconds: a file that changed later may have changed after it was read. */
  readonly since: number;
  /** Absolute path of the folder for what clusters render. */
  readonly dir: string;
  /** Of the clusters whose files were judged before, by name. */
  readonly earlier: ReadonlyMap<string, EarlierFolders>;
}

/** What judging one cluster gave. It crosses threads and is kept between runs, so it holds plain values only. */
export interface ClusterReport {
  readonly cluster: string;
  readonly findings: readonly Finding[];
  /** Places of the exceptions and entries of kustomizations that were of use here. */
  readonly inUse: readonly string[];
  /** Those that were of none here, which is wrong unless they are in another cluster. */
  readonly idle: readonly Idle[];
  readonly applications: number;
  readonly resources: number;
  readonly charts: readonly RemoteChart[];
  /**
   * Names of everything that this depends on, relative to the root, for its `cluster.yaml` and then for each folder
   * that it syncs; a trailing slash is a folder's listing.
   */
  readonly asked: readonly (readonly string[])[];
  /** Expressions of admission policies that ask for what only a server knows, one line a policy. */
  readonly notEvaluated: readonly string[];
  /** Not judged, since it depends on nothing that changed: then there are no findings. */
  readonly untouched: boolean;
  /** Every folder was found and did build. */
  readonly complete: boolean;
  /** What was kept of its folders. */
  readonly kept: readonly KeptPart[] | undefined;
}

/** Of a cluster that is not judged. */
export const UNTOUCHED: Omit<ClusterReport, 'cluster' | 'asked'> = {
  findings: [],
  inUse: [],
  idle: [],
  applications: 0,
  resources: 0,
  charts: [],
  notEvaluated: [],
  untouched: true,
  complete: true,
  kept: undefined,
};
