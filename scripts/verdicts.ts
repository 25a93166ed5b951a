import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type ExitCode, runEntry, type Terminal } from './cli/entry.ts';
import { Failure } from './core/failure.ts';
import { toFieldPath } from './core/path.ts';
import { asWritten } from './schema/as-written.ts';
import type { ClusterSchemas } from './schema/cluster-schemas.ts';
import { decode } from './schema/decode.ts';
import { openSchemas } from './schema/schemas.ts';
import { parseDocuments } from './yaml/parse.ts';

/** One line of a `labels.jsonl`: what a real API server said of the file. */
interface Label {
  readonly file: string;
  readonly verdict: 'accept' | 'reject';
  readonly code: number;
  readonly message?: string;
  readonly causes?: readonly { readonly field: string; readonly reason: string; readonly message: string }[];
  readonly operator?: string;
  readonly at?: string;
  readonly otherVersions?: Readonly<Record<string, Omit<Label, 'file'>>>;
}

interface Said {
  readonly rule: string;
  readonly field: string;
  readonly message: string;
}

/** Compares what the schemas say with a real server's verdicts: a folder with a `labels.jsonl` and its files. */
function main({ args, out }: Terminal): ExitCode {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      'kubernetes-version': { type: 'string', default: '1.36' },
      verbose: { type: 'boolean', default: false },
    },
  });
  if (positionals.length === 0) throw new Failure('Expected npm run verdicts -- DIR…');
  const version = values['kubernetes-version'];
  const schemas = openSchemas('schemas').forCluster({
    kubernetesVersion: version,
    customResourceDefinitions: [],
    kindsWithoutSchema: [],
  });
  let worst: ExitCode = 0;
  for (const dir of positionals) {
    const path = join(dir, 'labels.jsonl');
    if (!existsSync(path)) throw new Failure(`There is no ${path}`);
    const labels = readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => forVersion(JSON.parse(line) as Label, version));
    const report = compare(dir, labels, schemas, values.verbose);
    out(report.text);
    if (!report.clean) worst = 1;
  }
  return worst;
}

function forVersion(label: Label, version: string): Label {
  for (const [other, said] of Object.entries(label.otherVersions ?? {}))
    if (other.replace(/^v/, '').startsWith(`${version}.`) || other === version)
      return { ...label, ...said, file: label.file };
  return label;
}

function compare(dir: string, labels: readonly Label[], schemas: ClusterSchemas, verbose: boolean) {
  const counts = new Map<string, { all: number; found: number; placed: number; place: number }>();
  const lines: string[] = [];
  for (const label of labels) {
    const said = judge(join(dir, label.file), schemas);
    const kind = classOf(label);
    const count = counts.get(kind) ?? { all: 0, found: 0, placed: 0, place: 0 };
    counts.set(kind, count);
    count.all++;
    if (said.length > 0) count.found++;
    const field = label.verdict === 'reject' && said.length > 0 ? fieldOf(label) : undefined;
    if (field !== undefined) {
      count.place++;
      if (said.some((one) => same(one.field, field))) count.placed++;
      else if (verbose)
        lines.push(
          `PLACE ${kind} ${label.file}: ${field} but ${said.map((one) => `${one.field}: ${one.message}`).join(' | ')}`,
        );
    }
    if (!verbose) continue;
    if (kind === 'accepted' && said.length > 0)
      lines.push(
        `FALSE ${label.file} ${label.operator} ${label.at}: ${said.map((one) => `${one.rule} ${one.message}`).join(' | ')}`,
      );
    if (kind === 'semantic' && said.length > 0)
      lines.push(
        `ODD ${label.file}: ${said.map((one) => `${one.rule} ${one.message}`).join(' | ')} BUT ${label.message}`,
      );
    if (WANTED.has(kind) && said.length === 0)
      lines.push(`MISSED ${kind} ${label.file} ${label.operator} ${label.at}: ${label.message}`);
  }
  let clean = true;
  for (const [kind, { all, found, placed, place }] of [...counts].sort()) {
    lines.push(
      `${dir}: ${kind}: ${found} of ${all} have errors (${percent(found, all)}); place right in ${placed} of ${place} (${percent(placed, place)})`,
    );
    if (kind === 'accepted' ? found > 0 : WANTED.has(kind) && found < all) clean = false;
  }
  return { text: `${lines.join('\n')}\n`, clean };
}

const WANTED = new Set(['decoding', 'unserved', 'structural']);
const percent = (part: number, all: number) => (all === 0 ? 'none' : `${((100 * part) / all).toFixed(2)} %`);

/** What kind of verdict it is: only some are for schemas to find. */
function classOf(label: Label): string {
  if (label.verdict === 'accept') return 'accepted';
  if (label.code === 400) return 'decoding';
  if (label.code === 0) return 'unserved';
  if (label.code !== 422) return 'other';
  const isCustom = label.at !== undefined;
  const structural =
    isCustom &&
    (label.causes ?? []).some(({ reason, message, field }) => isStructural(reason, message, field));
  return structural ? 'structural' : 'semantic';
}

/** Causes of a custom resource's refusal that its structural schema alone explains. */
function isStructural(reason: string, message: string, field: string): boolean {
  if (field.startsWith('metadata')) return false;
  return (
    reason === 'FieldValueTypeInvalid' ||
    / in body | must validate|must be an object for an array of list-type map|supported values|^Too (?:many|long)|should have at/.test(
      message,
    ) ||
    (reason === 'FieldValueRequired' && message === 'Required value') ||
    reason === 'FieldValueDuplicate'
  );
}

/** The field that the server names, where it names one in full. */
function fieldOf(label: Label): string | undefined {
  const unknown = /unknown field "([^"]*)"/.exec(label.message ?? '')?.[1];
  if (unknown !== undefined) return unknown;
  if (label.at !== undefined && label.at !== '') return label.at;
  const unmarshal = /Go struct field \w+\.(\S+) of type/.exec(label.message ?? '')?.[1];
  return unmarshal ?? (label.causes ?? []).find(({ field }) => field !== '<nil>')?.field;
}

/** The place of a fault in a field may be the field, its parent or its item; Go's decoder leaves indexes and keys out. */
function same(ours: string, theirs: string): boolean {
  const [a, b] = [ours, theirs].map((path) =>
    path
      .replace(/\[\d+\]/g, '')
      .replace(/[[\]]/g, '.')
      .replace(/\.+/g, '.')
      .replace(/\.$/, ''),
  );
  return a === b || a!.startsWith(`${b}.`) || b!.startsWith(`${a}.`);
}

function judge(path: string, schemas: ClusterSchemas): Said[] {
  const said: Said[] = [];
  for (const document of parseDocuments({ file: path, text: readFileSync(path, 'utf8') }, 'go-yaml-v2')) {
    const { root, manifest, problems } = decode(document);
    for (const { rule, at, message } of problems)
      said.push({ rule: rule.id, field: toFieldPath(at), message });
    if (root === undefined || manifest === undefined) continue;
    for (const { rule, at, message, severity } of asWritten(schemas.checkManifest(manifest), root))
      if ((severity ?? rule.severity) === 'error')
        said.push({ rule: rule.id, field: toFieldPath(at), message });
  }
  return said;
}

void runEntry(main);
