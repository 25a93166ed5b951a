import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { keepNewest, readChecked, writeChecked } from '../cache/checked-file.ts';
import { type KeptListing, Listings } from '../cache/listings.ts';
import { compareSignature, contentOf, digest, type Signature, takeSignature } from '../cache/signature.ts';
import type { Finding } from '../core/finding.ts';
import type { ClusterReport, JudgeOptions } from './cluster-report.ts';

/** What clusters came to in runs before, by everything that it depends on. */
export interface ReportCache {
  /** Lists folders of the repository. */
  readonly listings: Listings;
  /** The number of rules that were judged by, where anything is kept. */
  readonly rules: number | undefined;
  /** The report of a cluster where nothing that it depends on has changed. */
  get(name: string): ClusterReport | undefined;
  /** What these clusters depended on when they were judged last; undefined where that is not known of all. */
  dependsOn(names: readonly string[]): readonly string[] | undefined;
  put(reports: readonly ClusterReport[], rules: number): void;
  /** Writes what changed; clusters that are not named are forgotten. */
  save(names: readonly string[]): void;
}

/** The file: names and findings are written once, and referred to by their index. */
interface Kept {
  readonly rules: number;
  readonly listings: Readonly<Record<string, KeptListing>>;
  readonly names: readonly string[];
  readonly signatures: readonly Signature[];
  readonly findings: readonly Finding[];
  readonly reports: readonly KeptReport[];
}
type KeptReport = Omit<ClusterReport, 'asked' | 'findings'> & {
  readonly asked: readonly number[];
  readonly findings: readonly number[];
};

const FORMAT = 3;
const MOST_FILES = 6;
/** File systems write times in steps of up to this many milliseconds. */
const CLOCK_STEP = 20;

/** Whatever reports depend on beside the files of their cluster. */
type KeyOptions = Omit<JudgeOptions, 'previous' | 'changed'>;
interface KeyFacts {
  /** Of the programs and rules: differs when one of them changes. */
  readonly stamp: string;
  /** What updates are compared with. */
  readonly commit: string | undefined;
}

export function openReportCache(options: KeyOptions, facts: KeyFacts): ReportCache {
  const started = Date.now() - CLOCK_STEP;
  const dir = join(options.root, '.cache', 'validate');
  const file = join(dir, `${keyOf(options, facts)}.json`);
  const text = readChecked(file);
  const kept: Kept | undefined = text === undefined ? undefined : JSON.parse(text);
  const listings = new Listings(options.root, started, kept?.listings);
  const signatures = new Map<string, Signature>();
  const isSame = new Map<string, boolean>();
  const reports = new Map<string, ClusterReport>();
  let { rules } = kept ?? {};
  let changed = false;

  for (const [index, name] of (kept?.names ?? []).entries()) signatures.set(name, kept!.signatures[index]!);
  for (const report of kept?.reports ?? []) {
    reports.set(report.cluster, {
      ...report,
      asked: report.asked.map((index) => kept!.names[index]!),
      findings: report.findings.map((index) => ({ ...kept!.findings[index]!, clusters: [report.cluster] })),
    });
  }
  const same = (name: string): boolean => {
    let answer = isSame.get(name);
    if (answer === undefined) {
      const known = signatures.get(name);
      const compared = known !== undefined && compareSignature(options.root, name, known);
      if (typeof compared !== 'boolean') {
        signatures.set(name, compared);
        changed = true;
      }
      answer = compared !== false;
      isSame.set(name, answer);
    }
    return answer;
  };

  return {
    listings,
    get rules() {
      return rules;
    },
    get(name) {
      const report = reports.get(name);
      return report?.asked.every(same) ? report : undefined;
    },
    dependsOn(names) {
      const some = names.map((name) => reports.get(name));
      return some.every((report) => report !== undefined)
        ? [...new Set(some.flatMap((report) => report.asked))]
        : undefined;
    },
    put(judged, count) {
      rules = count;
      changed = true;
      const taken = new Map<string, Signature | undefined>();
      const take = (name: string): boolean => {
        if (isSame.get(name)) return true;
        if (!taken.has(name)) taken.set(name, takeSignature(options.root, name, started));
        const signature = taken.get(name);
        if (signature !== undefined) signatures.set(name, signature);
        return signature !== undefined;
      };
      for (const report of judged) {
        // What did not build does not say all that it depends on.
        if (!report.untouched && report.complete && report.asked.map(take).every(Boolean))
          reports.set(report.cluster, report);
        else reports.delete(report.cluster);
      }
    },
    save(names) {
      const present = new Set(names);
      if (!changed && !listings.changed && [...reports.keys()].every((name) => present.has(name))) return;
      writeChecked(
        file,
        JSON.stringify(
          pack(
            names.flatMap((name) => reports.get(name) ?? []),
            signatures,
            rules ?? 0,
            listings.next,
          ),
        ),
      );
      keepNewest(dir, MOST_FILES);
    },
  };
}

function pack(
  reports: readonly ClusterReport[],
  signatures: ReadonlyMap<string, Signature>,
  rules: number,
  listings: Kept['listings'],
): Kept {
  const names = new Map<string, number>();
  const findings = new Map<string, number>();
  const unique: Finding[] = [];
  const indexIn = (known: Map<string, number>, key: string): number => {
    let index = known.get(key);
    if (index === undefined) {
      index = known.size;
      known.set(key, index);
    }
    return index;
  };
  const indexOf = (finding: Finding): number => {
    const plain = { ...finding, clusters: [] };
    const index = indexIn(findings, JSON.stringify(plain));
    if (index === unique.length) unique.push(plain);
    return index;
  };
  const packed = reports.map(
    (report): KeptReport => ({
      ...report,
      asked: withoutFolders(report.asked, signatures).map((name) => indexIn(names, name)),
      findings: report.findings.map(indexOf),
    }),
  );
  return {
    rules,
    listings,
    names: [...names.keys()],
    signatures: [...names.keys()].map((name) => signatures.get(name)!),
    findings: unique,
    reports: packed,
  };
}

/** A folder is there where a file in it is. */
function withoutFolders(
  names: readonly string[],
  signatures: ReadonlyMap<string, Signature>,
): readonly string[] {
  const implied = new Set(
    names
      .filter((name) => isFile(signatures.get(name)))
      .map((name) => name.slice(0, Math.max(name.lastIndexOf('/'), 0))),
  );
  return names.filter((name) => signatures.get(name) !== 'folder' || !implied.has(name));
}

function isFile(signature: Signature | undefined): boolean {
  return typeof signature === 'object' && 'hash' in signature;
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
