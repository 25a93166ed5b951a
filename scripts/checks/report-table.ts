import { isSameSignature, type Signature } from '../cache/signature.ts';
import { entryOf } from '../core/entry.ts';
import type { Finding } from '../core/finding.ts';
import { once } from '../core/once.ts';
import type { ClusterReport } from './cluster-report.ts';
import { NOTHING_KEPT, type PackedReport, type ReportFile } from './report-file.ts';

/** What a report depends on, and what stood there. */
interface Asked {
  readonly name: string;
  readonly folder: string;
  readonly signature: Signature;
  /** Undefined as long as no report refers to it. */
  index: number | undefined;
}

/** What reports refer to. What is added comes last, so that an index means the same for as long as the table grows. */
export class ReportTable {
  readonly names: string[];
  /** Of the names, in their order. */
  readonly signatures: Signature[];
  readonly findings: Finding[];
  /** By name; undefined where it is not certain what stood there. */
  readonly #asked = new Map<string, Asked | undefined>();
  readonly #indexOfName = once(() => indexed(this.names));
  readonly #indexOfFinding = once(() => indexed(this.findings.map((finding) => JSON.stringify(finding))));

  constructor(file: ReportFile) {
    this.names = file.names.slice();
    this.signatures = file.signatures.slice();
    this.findings = file.findings.slice();
  }

  /** The index of a name; undefined where nothing refers to it. */
  indexOf(name: string): number | undefined {
    return this.#indexOfName().get(name);
  }

  /** @returns undefined where it is not certain what stood at one of the names */
  pack(
    report: ClusterReport,
    signatureOf: (name: string) => Signature | undefined,
  ): PackedReport | undefined {
    const asked: (readonly number[])[] = [];
    for (const names of report.asked) {
      const signed = names.map((name) => this.#signed(name, signatureOf));
      if (!areCertain(signed)) return undefined;
      asked.push(withoutImplied(signed).map((each) => this.#refer(each)));
    }
    const findings = report.findings.map((finding) => this.#referTo({ ...finding, clusters: [] }));
    return { ...report, asked, findings };
  }

  unpack(report: PackedReport): ClusterReport {
    return {
      ...report,
      asked: report.asked.map((names) => names.map((index) => this.names[index]!)),
      findings: report.findings.map((index) => ({ ...this.findings[index]!, clusters: [report.cluster] })),
    };
  }

  /** Each name is signed once, however many folders ask for it. */
  #signed(name: string, signatureOf: (name: string) => Signature | undefined): Asked | undefined {
    const known = this.#asked.get(name);
    if (known !== undefined || this.#asked.has(name)) return known;
    const signature = signatureOf(name);
    const folder = name.slice(0, Math.max(name.lastIndexOf('/'), 0));
    const asked = signature && { name, folder, signature, index: undefined };
    this.#asked.set(name, asked);
    return asked;
  }

  #refer(asked: Asked): number {
    if (asked.index !== undefined) return asked.index;
    const { name, signature } = asked;
    const index = this.#indexOfName().get(name) ?? this.names.push(name) - 1;
    this.#indexOfName().set(name, index);
    if (!isSameSignature(this.signatures[index], signature)) this.signatures[index] = signature;
    asked.index = index;
    return index;
  }

  #referTo(finding: Finding): number {
    return entryOf(this.#indexOfFinding(), JSON.stringify(finding), () => this.findings.push(finding) - 1);
  }
}

function areCertain(signed: readonly (Asked | undefined)[]): signed is readonly Asked[] {
  return !signed.includes(undefined);
}

/** A folder is there where a file in it is, and what is missing from a folder is missing from its listing. */
function withoutImplied(asked: readonly Asked[]): readonly Asked[] {
  const folders = new Set<string>();
  const listed = new Set<string>();
  for (const { name, folder, signature } of asked) {
    if (name.endsWith('/')) listed.add(folder);
    else if (isFile(signature)) folders.add(folder);
  }
  return asked.filter(({ name, folder, signature }) => {
    if (signature === 'folder') return !folders.has(name);
    return signature !== 'nothing' || !listed.has(folder);
  });
}

/** How much of a file nothing may refer to before it is worth the time to leave it out. */
const MOST_UNUSED = 1 / 8;

/** The same without what no report refers to, where that is much. */
export function repacked(file: ReportFile): ReportFile {
  const asked = file.reports.flatMap((report) => report.asked);
  const found = file.reports.map((report) => report.findings);
  const unused = countOthers(file.names.length, asked) + countOthers(file.findings.length, found);
  if (unused <= (file.names.length + file.findings.length) * MOST_UNUSED) return file;
  const [old, table] = [new ReportTable(file), new ReportTable(NOTHING_KEPT)];
  const signatureOf = (name: string) => file.signatures[old.indexOf(name)!];
  const reports = file.reports.flatMap((report) => table.pack(old.unpack(report), signatureOf) ?? []);
  const { names, signatures, findings } = table;
  return { ...file, names, signatures, findings, reports };
}

/** How many of so many indexes are in none of the lists. */
function countOthers(count: number, lists: readonly (readonly number[])[]): number {
  const seen = new Uint8Array(count);
  for (const list of lists) for (const index of list) seen[index] = 1;
  return seen.reduce((others, each) => others - each, count);
}

function indexed(keys: readonly string[]): Map<string, number> {
  return new Map(keys.map((key, index) => [key, index]));
}

function isFile(signature: Signature): boolean {
  return typeof signature === 'object' && 'hash' in signature;
}
