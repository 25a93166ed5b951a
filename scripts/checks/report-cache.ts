import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { keepNewest, readChecked, writeChecked } from '../cache/checked-file.ts';
import { forgetOthers } from '../cache/content-store.ts';
import { Listings } from '../cache/listings.ts';
import { compareSignature, contentOf, digest, type Signature, Signer } from '../cache/signature.ts';
import type { ClusterReport, JudgeOptions, Keeping } from './cluster-report.ts';
import { dependsOnAny } from './depends.ts';
import type { EarlierFolders } from './kept-folders.ts';
import type { SinceCommit } from './previous.ts';
import { NOTHING_KEPT, Packer, type ReportFile, unpack } from './report-file.ts';

/** What clusters came to in runs before, by everything that it depends on. */
export interface ReportCache {
  /** Lists folders of the repository. */
  readonly listings: Listings;
  /** The number of rules that were judged by, where anything is kept. */
  readonly rules: number | undefined;
  /** The report of a cluster where nothing that it depends on has changed. */
  get(name: string): ClusterReport | undefined;
  /** How clusters that are judged now are kept, and what of them was before. */
  keeping(names: readonly string[], difference: SinceCommit | undefined): Keeping;
  /**
   * What those folders of these clusters depended on that such a change reaches; undefined where that is not known of
   * all.
   */
  neededFor(names: readonly string[], difference: SinceCommit): readonly string[] | undefined;
  put(reports: readonly ClusterReport[], rules: number): void;
  /** Writes what changed; clusters that are not named are forgotten. */
  save(names: readonly string[]): void;
}

const FORMAT = 13;
const MOST_FILES = 6;
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
  const file = join(dir, `${key}.json`);
  const rendered = join(options.root, '.cache', 'rendered');
  const text = readChecked(file);
  const kept: ReportFile = text === undefined ? NOTHING_KEPT : JSON.parse(text);
  const listings = new Listings(options.root, started, kept.listings);
  const signatures = kept.signatures.slice();
  const reports = new Map(kept.reports.map((report) => [report.cluster, report]));
  const made = new Map<string, ClusterReport>();
  const taken = new Map<string, Signature>();
  let { rules } = kept;
  let changed = false;

  const nameOf = (index: number): string => kept.names[index]!;
  const answers: (boolean | undefined)[] = [];
  const same = (index: number): boolean => {
    let answer = answers[index];
    if (answer === undefined) {
      answer = compare(index);
      answers[index] = answer;
    }
    return answer;
  };
  const compare = (index: number): boolean => {
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

  /** Whether what was kept of a name is what the commit holds. */
  const isAsCommitted = (index: number, { changed, contents }: SinceCommit): boolean => {
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
      return report?.asked.every((names) => names.every(same)) ? unpack(kept, report) : undefined;
    },
    keeping(names, difference) {
      const earlier = new Map<string, EarlierFolders>();
      for (const name of names) {
        const report = reports.get(name);
        if (report?.kept === undefined) continue;
        const asked = [...new Set(report.asked.flat())];
        const later = asked.filter((index) => !same(index)).map(nameOf);
        if (later.includes(`clusters/${name}/cluster.yaml`)) continue;
        const unlikeCommit =
          difference && asked.filter((index) => !isAsCommitted(index, difference)).map(nameOf);
        earlier.set(name, { digest: report.kept.digest, changed: later, unlikeCommit });
      }
      return { since: started, dir: join(rendered, key), earlier };
    },
    neededFor(names, difference) {
      const needed = new Set<string>();
      for (const name of names) {
        const report = reports.get(name);
        if (report === undefined) return undefined;
        const kept = new Set(report.kept?.folders);
        const ofCommit = new Set(report.kept?.ofCommit);
        for (const [at, folder] of report.asked.entries()) {
          if (ofCommit.has(at)) continue;
          if (kept.has(at) && folder.every((index) => isAsCommitted(index, difference))) continue;
          const asked = folder.map(nameOf);
          if (dependsOnAny(asked, difference.changed)) for (const each of asked) needed.add(each);
        }
      }
      return [...needed];
    },
    put(judged, count) {
      rules = count;
      changed = true;
      const signer = new Signer(options.root, started);
      const known = new Map(kept.names.map((name, index) => [name, index]));
      const signatureOf = (name: string, report: ClusterReport): Signature | undefined => {
        const index = known.get(name);
        if (index !== undefined && answers[index] === true) return signatures[index];
        // What others imply was left out of what was kept.
        return report.signatures.get(name) ?? signer.sign(name);
      };
      for (const report of judged) {
        reports.delete(report.cluster);
        made.delete(report.cluster);
        // What did not build does not say all that it depends on.
        if (report.untouched || !report.complete) continue;
        const isSigned = report.asked.flat().every((name) => {
          const signature = signatureOf(name, report);
          if (signature !== undefined) taken.set(name, signature);
          return signature !== undefined;
        });
        if (isSigned) made.set(report.cluster, report);
      }
    },
    save(names) {
      const present = new Set(names);
      if (!changed && !listings.changed && [...reports.keys()].every((name) => present.has(name))) return;
      const packer = new Packer();
      packer.keep(
        kept,
        names.flatMap((name) => reports.get(name) ?? []),
        signatures,
      );
      for (const name of names) {
        const report = made.get(name);
        if (report !== undefined) packer.add(report, (each) => taken.get(each)!);
      }
      const packed = packer.pack(rules, listings.next);
      writeChecked(file, JSON.stringify(packed));
      keepNewest(dir, MOST_FILES);
      keepNewest(rendered, MOST_RENDERED);
      forgetOthers(
        join(rendered, key),
        new Set(packed.reports.flatMap((report) => report.kept?.digest ?? [])),
      );
    },
  };
}

/** Everything but the files of the clusters that a report depends on. */
function keyOf(options: KeyOptions, { stamp, commit }: KeyFacts): string {
  const { root, home, url, only, skip, all, today } = options;
  const schemas = readdirSync(join(home, 'schemas')).map((name) => {
    const { size, mtimeMs } = statSync(join(home, 'schemas', name));
    return [name, size, mtimeMs];
  });
  const settings = ['package.json', 'policies/exceptions.yaml'].map((name) => contentOf(root, name));
  const parts = [FORMAT, stamp, commit, process.version, url, only, skip, all, today, schemas, settings];
  return digest(JSON.stringify(parts));
}
