import type { PlantedFault } from './planted-faults.ts';

/** Planted and not reported as it should be, or reported and not planted: one line each, sorted. */
export function compareFindings(planted: readonly PlantedFault[], report: string): readonly string[] {
  const expected = new Set(planted.map(lineOf));
  const found = new Set(readReport(report).map(lineOf));
  return [
    ...[...expected].filter((line) => !found.has(line)).map((line) => `not found: ${line}`),
    ...[...found].filter((line) => !expected.has(line)).map((line) => `not planted: ${line}`),
  ].sort();
}

function lineOf({ rule, file, line, clusters }: PlantedFault): string {
  return `${rule} ${file}:${line} in ${clusters.length} clusters from ${clusters[0] ?? 'none'}`;
}

interface ReportedFinding {
  readonly rule: string;
  readonly origin: { readonly file: string; readonly line: number };
  readonly clusters: readonly string[];
}

/** @param report what `--format json` printed */
function readReport(report: string): readonly PlantedFault[] {
  const { findings }: { readonly findings: readonly ReportedFinding[] } = JSON.parse(report);
  return findings.map(({ rule, origin, clusters }) => ({
    rule,
    file: origin.file,
    line: origin.line,
    clusters,
  }));
}
