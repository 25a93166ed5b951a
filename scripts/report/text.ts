import type { Finding } from '../core/finding.ts';
import { toFieldPath } from '../core/path.ts';
import type { Summary } from '../core/summary.ts';
import { excerptOf } from './excerpt.ts';
import { type Paint, paintFor } from './paint.ts';
import { printable } from './printable.ts';

export interface TextOptions {
  readonly color: boolean;
  /** A line of a file without its line break; undefined where it cannot be read. */
  readonly sourceLine: (file: string, line: number) => string | undefined;
  /** How many clusters were checked, to say "all". */
  readonly clusterCount: number;
}

/** The report for a person: each finding with the line that caused it, then what was covered. */
export function reportText(findings: readonly Finding[], summary: Summary, options: TextOptions): string {
  const paint = paintFor(options.color);
  const blocks = findings.map((finding) => describe(finding, options, paint));
  return [...blocks, ...describeSummary(summary, paint)].join('\n');
}

function describe(finding: Finding, options: TextOptions, paint: Paint): string {
  const { origin } = finding;
  const hue = finding.severity === 'error' ? paint.red : paint.yellow;
  const gutter = ' '.repeat(String(origin.line).length);
  const lines = [
    `${hue(finding.severity)} ${paint.bold(printable(finding.message))} ${paint.dim(`[${finding.rule}]`)}`,
    `${gutter}${paint.dim('-->')} ${printable(origin.file)}:${origin.line}:${origin.column}`,
  ];
  const text = options.sourceLine(origin.file, origin.line);
  if (text !== undefined && text.trim() !== '') {
    const { shown, mark } = excerptOf(text, origin);
    lines.push(`${gutter} ${paint.dim('|')}`);
    lines.push(`${origin.line} ${paint.dim('|')} ${shown}`);
    lines.push(`${gutter} ${paint.dim('|')} ${hue(mark)}`);
  }
  const note = (name: string, value: string) =>
    lines.push(`${gutter} ${paint.dim('=')} ${name}: ${printable(value)}`);
  note('why', finding.why);
  note('fix', finding.fix);
  // Where the server names the object as a whole, its path is one empty step.
  const field = finding.path.some((step) => step !== '') ? `field ${toFieldPath(finding.path)}` : '';
  const about = [describeResource(finding.resource), field].filter((part) => part !== '').join(', ');
  if (about !== '') note('object', about);
  if (finding.clusters.length > 0) {
    const all = finding.clusters.length === options.clusterCount && options.clusterCount > 1;
    const names = finding.clusters.length > 12 ? [...finding.clusters.slice(0, 12), '…'] : finding.clusters;
    note('clusters', `${all ? `all ${options.clusterCount}: ` : ''}${names.join(', ')}`);
  }
  return `${lines.join('\n')}\n`;
}

function describeResource(resource: Finding['resource']): string {
  if (resource === undefined || resource.kind === '') return '';
  const { kind, namespace, name } = resource;
  const full = `${namespace === undefined ? '' : `${namespace}/`}${name}`;
  return full === '' ? kind : `${kind} ${full}`;
}

function describeSummary(summary: Summary, paint: Paint): readonly string[] {
  const { errors, warnings, clusters, applications, resources, rules, milliseconds } = summary;
  const verdict =
    errors + warnings === 0
      ? paint.green('No findings')
      : [
          ...(errors > 0 ? [paint.red(count(errors, 'error'))] : []),
          ...(warnings > 0 ? [paint.yellow(count(warnings, 'warning'))] : []),
        ].join(', ');
  const scope =
    clusters === 0
      ? count(resources, 'resource')
      : `${count(clusters, 'cluster')}, ${count(applications, 'application')}, ${count(resources, 'resource')}`;
  return [
    `${verdict} in ${scope}, ${count(rules, 'rule')}, ${milliseconds} ms`,
    ...summary.notChecked.map((line) => paint.dim(`Not checked: ${line}`)),
    '',
  ];
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}
