import { isSameSignature, type Signature } from '../cache/signature.ts';
import { entryOf } from '../core/entry.ts';
import type { Finding } from '../core/finding.ts';
import { once } from '../core/once.ts';
import type { ClusterReport } from './cluster-report.ts';
import { NOTHING_KEPT, type PackedReport, type ReportFile } from './report-file.ts';

/** Instead of an index. */
const UNCERTAIN = -1;

/** What reports refer to. What is added comes last, so that an index means the same for as long as the table grows. */
export class ReportTable {
  readonly names: string[];
  /** Of the names, in their order. */
  readonly signatures: Signature[];
  readonly findings: Finding[];
  /** By the index of a name: whether it was signed in this run, and its folder. */
  readonly #signed: boolean[] = [];
  readonly #folders: string[] = [];
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
    const asked = report.asked.map((names) => names.map((name) => this.#refer(name, signatureOf)));
    if (asked.some((indices) => indices.includes(UNCERTAIN))) return undefined;
    return {
      ...report,
      asked: asked.map((indices) => this.#withoutImplied(indices)),
      findings: report.findings.map((finding) => this.#referTo({ ...finding, clusters: [] })),
    };
  }

  unpack(report: PackedReport): ClusterReport {
    return {
      ...report,
      asked: report.asked.map((names) => names.map((index) => this.names[index]!)),
      findings: report.findings.map((index) => ({ ...this.findings[index]!, clusters: [report.cluster] })),
    };
  }

  /** Each name is signed once, however many folders ask for it. */
  #refer(name: string, signatureOf: (name: string) => Signature | undefined): number {
    const known = this.#indexOfName().get(name);
    if (known !== undefined && this.#signed[known]) return known;
    const signature = signatureOf(name);
    if (signature === undefined) return UNCERTAIN;
    const index = known ?? this.names.push(name) - 1;
    this.#indexOfName().set(name, index);
    if (!isSameSignature(this.signatures[index], signature)) this.signatures[index] = signature;
    this.#signed[index] = true;
    return index;
  }

  /** A folder is there where a file in it is, and what is missing from a folder is missing from its listing. */
  #withoutImplied(indices: readonly number[]): readonly number[] {
    const folders = new Set<string>();
    const listed = new Set<string>();
    for (const index of indices) {
      const name = this.names[index]!;
      if (name.endsWith('/')) listed.add(name);
      else if (isFile(this.signatures[index]!)) folders.add(this.#folderOf(index));
    }
    return indices.filter((index) => {
      const signature = this.signatures[index]!;
      if (signature === 'folder') return !folders.has(this.names[index]!);
      return signature !== 'nothing' || !listed.has(`${this.#folderOf(index)}/`);
    });
  }

  #folderOf(index: number): string {
    const name = this.names[index]!;
    this.#folders[index] ??= name.slice(0, Math.max(name.lastIndexOf('/'), 0));
    return this.#folders[index]!;
  }

  #referTo(finding: Finding): number {
    return entryOf(this.#indexOfFinding(), JSON.stringify(finding), () => this.findings.push(finding) - 1);
  }
}

/** How much of a file nothing may refer to before it is worth the time to leave it out. */
const MOST_UNUSED = 1 / 8;

/** The same without what no report refers to, where that is much. */
export function repacked(file: ReportFile): ReportFile {
  const used = new Set(file.reports.flatMap(({ asked }) => asked.flat()));
  const found = new Set(file.reports.flatMap(({ findings }) => findings));
  const unused = file.names.length - used.size + file.findings.length - found.size;
  if (unused <= (file.names.length + file.findings.length) * MOST_UNUSED) return file;
  const [old, table] = [new ReportTable(file), new ReportTable(NOTHING_KEPT)];
  const signatureOf = (name: string) => file.signatures[old.indexOf(name)!];
  const reports = file.reports.flatMap((report) => table.pack(old.unpack(report), signatureOf) ?? []);
  const { names, signatures, findings } = table;
  return { ...file, names, signatures, findings, reports };
}

function indexed(keys: readonly string[]): Map<string, number> {
  return new Map(keys.map((key, index) => [key, index]));
}

function isFile(signature: Signature): boolean {
  return typeof signature === 'object' && 'hash' in signature;
}
