import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { keepNewest } from '../cache/checked-file.ts';
import { type ContentPlace, forgetOthers } from '../cache/content-store.ts';
import { Listings } from '../cache/listings.ts';
import { compareSignature, contentOf, digest, type Signature, Signer } from '../cache/signature.ts';
import type { ChangedFiles } from '../core/files-before.ts';
import type { Finding } from '../core/finding.ts';
import type { ClusterReport, JudgeOptions, Keeping } from './cluster-report.ts';
import type { JudgedClusters } from './judge-clusters.ts';
import type { EarlierFolders } from './kept-folders.ts';
import type { PackedReport } from './report-file.ts';
import { openReportStore } from './report-store.ts';
import { ReportTable } from './report-table.ts';

/** What clusters came to in runs before, by everything that it depends on. */
export interface ReportCache {
  /** Lists folders of the repository. */
  readonly listings: Listings;
  /** The number of rules that were judged by, where anything is kept. */
  readonly rules: number | undefined;
  /** The report of a cluster where nothing that it depends on has changed. */
  get(name: string): ClusterReport | undefined;
  /** Looks at everything that these clusters depended on: `get` stops at the first difference. */
  compare(names: readonly string[]): void;
  /** How clusters that are judged now are kept, and what of them was before. */
  keeping(names: readonly string[], difference: ChangedFiles | undefined): Keeping;
  put(judged: JudgedClusters): void;
  /** The files that none of these clusters reaches: as they were, where nothing that says so has changed. */
  unreached(names: readonly string[], find: () => readonly Finding[]): readonly Finding[];
  /** Writes what changed; clusters that are not named are forgotten. */
  save(names: readonly string[]): void;
}

const MOST_KEYS = 6;
/** Rendered folders are large. */
const MOST_RENDERED = 2;
/** File systems write times in steps of up to this many milliseconds. */
const CLOCK_STEP = 20;

/** Whatever reports depend on beside the files of their cluster. */
type KeyOptions = Omit<JudgeOptions, 'previous' | 'changed' | 'keeping'>;
interface KeyFacts {
  /** Of the programs and rules: differs when one of them changes. */
  readonly stamp: string;
  /** What updates are compared with. */
  readonly commit: string | undefined;
}

export function openReportCache(options: KeyOptions, facts: KeyFacts): ReportCache {
  const started = Date.now() - CLOCK_STEP;
  const dir = join(options.root, '.cache', 'validate');
  const key = keyOf(options, facts);
  const rendered = join(options.root, '.cache', 'rendered');
  const { kept, write } = openReportStore(join(dir, key));
  const listings = new Listings(options.root, started, kept.listings);
  const table = new ReportTable(kept);
  const { signatures } = table;
  const old = new Map(kept.reports.map((report) => [report.cluster, report]));
  const reports = new Map(old);
  let { rules } = kept;
  /** As far as this run has asked. */
  let unreached: readonly Finding[] | undefined;
  let changed = false;

  const nameOf = (index: number): string => table.names[index]!;
  const answers: boolean[] = [];
  const same = (index: number): boolean => {
    answers[index] ??= look(index);
    return answers[index]!;
  };
  const look = (index: number): boolean => {
    const name = nameOf(index);
    const known = signatures[index]!;
    if (known === 'nothing') return !listings.has(name);
    if (name.endsWith('/') && listings.isAsKept(name.slice(0, -1))) return true;
    const compared = compareSignature(options.root, name, known);
    if (typeof compared === 'boolean') return compared;
    signatures[index] = compared;
    changed = true;
    return true;
  };

  /** Of the one difference that a run knows. */
  const committed: boolean[] = [];
  /** Whether what was kept of a name is what the commit holds. */
  const isAsCommitted = (index: number, difference: ChangedFiles): boolean => {
    committed[index] ??= compareCommitted(index, difference);
    return committed[index]!;
  };
  const compareCommitted = (index: number, { changed, contents }: ChangedFiles): boolean => {
    const name = nameOf(index);
    if (name.endsWith('/')) {
      const isThere = (file: string) =>
        file.includes('/', name.length) || (contents.has(file) && listings.has(file));
      return same(index) && [...changed].filter((file) => file.startsWith(name)).every(isThere);
    }
    if (!changed.has(name)) return same(index);
    const known = signatures[index]!;
    const content = contents.get(name);
    if (content === undefined) return known === 'nothing';
    return typeof known === 'object' && 'hash' in known && known.hash === digest(content);
  };

  return {
    listings,
    get rules() {
      return rules;
    },
    get(name) {
      const report = reports.get(name);
      return report?.asked.every((names) => names.every(same)) ? table.unpack(report) : undefined;
    },
    compare(names) {
      for (const name of names) for (const asked of reports.get(name)?.asked ?? []) asked.forEach(same);
    },
    keeping(names, difference) {
      const earlier = new Map<string, EarlierFolders>();
      for (const name of names) {
        const report = reports.get(name);
        if (report?.kept === undefined) continue;
        const later = new Set<string>();
        const other = new Set<string>();
        for (const asked of report.asked) {
          for (const index of asked) {
            if (!same(index)) later.add(nameOf(index));
            if (difference !== undefined && !isAsCommitted(index, difference)) other.add(nameOf(index));
          }
        }
        if (later.has(`clusters/${name}/cluster.yaml`)) continue;
        const unlikeCommit = difference && [...other];
        earlier.set(name, { parts: report.kept, changed: [...later], unlikeCommit });
      }
      return { since: started, dir: join(rendered, key), earlier };
    },
    put(judged) {
      rules = judged.rules;
      changed = true;
      const signer = new Signer(options.root, started);
      const signatureOf = (name: string): Signature | undefined => {
        // What was judged anew may have changed since it was compared.
        if (judged.signatures.has(name)) return judged.signatures.get(name);
        const isAsKept = (at: number | undefined): at is number => at !== undefined && answers[at] === true;
        const index = table.indexOf(name);
        if (isAsKept(index)) return signatures[index];
        // What others imply was left out of what was kept.
        const listing = table.indexOf(name.slice(0, name.lastIndexOf('/') + 1));
        if (isAsKept(listing) && !listings.has(name)) return 'nothing';
        return signer.sign(name);
      };
      for (const report of judged.reports) {
        reports.delete(report.cluster);
        // What did not build does not say all that it depends on.
        if (report.untouched || !report.complete) continue;
        const packed = table.pack(report, signatureOf);
        if (packed !== undefined) reports.set(report.cluster, packed);
      }
    },
    unreached(names, find) {
      const isAsKept = (name: string) => isSameAsked(reports.get(name), old.get(name));
      const stands =
        names.length === old.size &&
        names.every(isAsKept) &&
        Object.keys(kept.listings).every((dir) => listings.isAsKept(dir));
      unreached = (stands ? kept.unreached : undefined) ?? find();
      if (unreached !== kept.unreached) changed = true;
      return unreached;
    },
    save(names) {
      const judged = names.flatMap((name) => reports.get(name) ?? []);
      if (!changed && !listings.changed && judged.length === reports.size) return;
      const left = forgetOthers(join(rendered, key), judged.flatMap(placesOf), started);
      const present = judged.map((report) =>
        placesOf(report).every(({ file }) => left.has(file)) ? report : { ...report, kept: undefined },
      );
      const { names: all, findings } = table;
      // What is found again later must be seen to change: each folder, and what each cluster depends on.
      const isCertain = listings.isWhole && present.length === names.length;
      write({
        rules,
        unreached: isCertain ? unreached : undefined,
        listings: listings.next,
        names: all,
        signatures,
        findings,
        reports: present,
      });
      keepNewest(dir, MOST_KEYS);
      keepNewest(rendered, MOST_RENDERED);
    },
  };
}

function placesOf({ kept }: PackedReport): readonly ContentPlace[] {
  return kept?.map(({ content }) => content) ?? [];
}

/** Whether a cluster depends on the names that it did. */
function isSameAsked(one: PackedReport | undefined, other: PackedReport | undefined): boolean {
  if (one === other) return one !== undefined;
  const isSame = <T>(
    a: readonly T[],
    b: readonly T[] | undefined,
    same: (x: T, y: T | undefined) => boolean,
  ) => a.length === b?.length && a.every((each, index) => same(each, b[index]));
  return one !== undefined && isSame(one.asked, other?.asked, (a, b) => isSame(a, b, (x, y) => x === y));
}

/** Everything but the files of the clusters that a report depends on. */
function keyOf(options: KeyOptions, { stamp, commit }: KeyFacts): string {
  const { root, home, url, only, skip, all, today } = options;
  const schemas = readdirSync(join(home, 'schemas')).map((name) => {
    const { size, mtimeMs } = statSync(join(home, 'schemas', name));
    return [name, size, mtimeMs];
  });
  const settings = ['package.json', 'policies/exceptions.yaml'].map((name) => contentOf(root, name));
  const parts = [stamp, commit, process.version, url, only, skip, all, today, schemas, settings];
  return digest(JSON.stringify(parts));
}
