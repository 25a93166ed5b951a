import { isSameSignature, type Signature } from '../cache/signature.ts';
import type { Finding } from '../core/finding.ts';
import { once } from '../core/once.ts';
import type { ClusterReport } from './cluster-report.ts';
import { NOTHING_KEPT, type PackedReport, type ReportFile } from './report-file.ts';

/** What reports refer to. What is added comes last, so that an index means the same for as long as the table grows. */
export class ReportTable {
  readonly names: string[];
  /** Of the names, in their order. */
  readonly signatures: Signature[];
  readonly findings: Finding[];
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

  pack(report: ClusterReport, signatureOf: (name: string) => Signature): PackedReport {
    return {
      ...report,
      asked: report.asked.map((names) =>
        withoutImplied(names, signatureOf).map((name) => this.#refer(name, signatureOf(name))),
      ),
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

  #refer(name: string, signature: Signature): number {
    const index = indexIn(this.#indexOfName(), name, () => this.names.push(name) - 1);
    if (!isSameSignature(this.signatures[index], signature)) this.signatures[index] = signature;
    return index;
  }

  #referTo(finding: Finding): number {
    return indexIn(this.#indexOfFinding(), JSON.stringify(finding), () => this.findings.push(finding) - 1);
  }
}

/** The same without what no report refers to. */
export function repacked(file: ReportFile): ReportFile {
  const [old, table] = [new ReportTable(file), new ReportTable(NOTHING_KEPT)];
  const signatureOf = (name: string) => file.signatures[old.indexOf(name)!]!;
  const reports = file.reports.map((report) => table.pack(old.unpack(report), signatureOf));
  const { names, signatures, findings } = table;
  return { ...file, names, signatures, findings, reports };
}

function indexed(keys: readonly string[]): Map<string, number> {
  return new Map(keys.map((key, index) => [key, index]));
}

function indexIn(known: Map<string, number>, key: string, make: () => number): number {
  let index = known.get(key);
  if (index === undefined) {
    index = make();
    known.set(key, index);
  }
  return index;
}

/** A folder is there where a file in it is, and what is missing from a folder is missing from its listing. */
function withoutImplied(
  names: readonly string[],
  signatureOf: (name: string) => Signature,
): readonly string[] {
  const asked = new Set(names);
  const folders = new Set(names.filter((name) => isFile(signatureOf(name))).map(folderOf));
  return names.filter((name) => {
    const signature = signatureOf(name);
    if (signature === 'folder') return !folders.has(name);
    return signature !== 'nothing' || !asked.has(`${folderOf(name)}/`);
  });
}

function isFile(signature: Signature): boolean {
  return typeof signature === 'object' && 'hash' in signature;
}

function folderOf(name: string): string {
  return name.slice(0, Math.max(name.lastIndexOf('/'), 0));
}
