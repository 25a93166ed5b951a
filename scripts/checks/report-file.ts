import type { KeptListing } from '../cache/listings.ts';
import type { Signature } from '../cache/signature.ts';
import type { Finding } from '../core/finding.ts';
import type { ClusterReport } from './cluster-report.ts';

/** What is kept of a run: names and findings are written once, and referred to by their index. */
export interface ReportFile {
  readonly rules: number | undefined;
  readonly listings: Readonly<Record<string, KeptListing>>;
  readonly names: readonly string[];
  /** Of the names, in their order. */
  readonly signatures: readonly Signature[];
  readonly findings: readonly Finding[];
  readonly reports: readonly PackedReport[];
}

export type PackedReport = Omit<ClusterReport, 'asked' | 'findings' | 'signatures'> & {
  readonly asked: readonly (readonly number[])[];
  readonly findings: readonly number[];
};

export const NOTHING_KEPT: ReportFile = {
  rules: undefined,
  listings: {},
  names: [],
  signatures: [],
  findings: [],
  reports: [],
};

export function unpack(file: ReportFile, report: PackedReport): ClusterReport {
  return {
    ...report,
    asked: report.asked.map((names) => names.map((index) => file.names[index]!)),
    findings: report.findings.map((index) => ({ ...file.findings[index]!, clusters: [report.cluster] })),
    signatures: new Map(),
  };
}

/** Reports and what they refer to, on the way into a file. */
export class Packer {
  readonly #names = new Map<string, number>();
  readonly #signatures: Signature[] = [];
  readonly #findings = new Map<string, number>();
  readonly #uniqueFindings: Finding[] = [];
  readonly #reports: PackedReport[] = [];

  /** Reports of a file as they are, but for signatures that were taken since. */
  keep(file: ReportFile, reports: readonly PackedReport[], signatures: readonly Signature[]): void {
    const names = new Map<number, number>();
    const findings = new Map<number, number>();
    for (const report of reports) {
      this.#reports.push({
        ...report,
        asked: report.asked.map((folder) =>
          folder.map((index) =>
            once(names, index, () => this.#indexOfName(file.names[index]!, signatures[index]!)),
          ),
        ),
        findings: report.findings.map((index) =>
          once(findings, index, () => this.#indexOfFinding(file.findings[index]!)),
        ),
      });
    }
  }

  add(report: ClusterReport, signatureOf: (name: string) => Signature): void {
    const { signatures: _, ...rest } = report;
    this.#reports.push({
      ...rest,
      asked: report.asked.map((names) =>
        withoutImplied(names, signatureOf).map((name) => this.#indexOfName(name, signatureOf(name))),
      ),
      findings: report.findings.map((finding) => this.#indexOfFinding({ ...finding, clusters: [] })),
    });
  }

  pack(rules: number | undefined, listings: ReportFile['listings']): ReportFile {
    return {
      rules,
      listings,
      names: [...this.#names.keys()],
      signatures: this.#signatures,
      findings: this.#uniqueFindings,
      reports: this.#reports,
    };
  }

  #indexOfName(name: string, signature: Signature): number {
    return once(this.#names, name, () => this.#signatures.push(signature) - 1);
  }

  #indexOfFinding(finding: Finding): number {
    return once(this.#findings, JSON.stringify(finding), () => this.#uniqueFindings.push(finding) - 1);
  }
}

function once<K>(known: Map<K, number>, key: K, make: () => number): number {
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
