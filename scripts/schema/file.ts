import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../core/failure.ts';
import { isMapping, type Value } from '../core/value.ts';

/** What a file in `schemas/` says of one kind. */
export interface KindFacts {
  readonly definition: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
  /** A custom resource's version that is declared but not served. */
  readonly served: boolean;
  readonly deprecated: boolean;
  /** Its schema has rules in CEL. */
  readonly rules: boolean;
}

/** A section is written one entry a line, so that a difference shows what changed. */
export type Section = Readonly<Record<string, Value>>;

export interface NewFile {
  /** What it was made from. */
  readonly source: string;
  readonly sections: Readonly<Record<string, Section>>;
}

/** A file that was read: whole, but parsed only when a section is asked for. */
export interface SchemaFile {
  readonly checksum: string;
  section(name: string): Section;
}

const FORMAT = 1;
const AGAIN = 'make it again with `npm run schemas`';

export function writeFile(file: NewFile): string {
  const lines = [`"format": ${FORMAT},`, `"source": ${JSON.stringify(file.source)},`];
  const names = Object.keys(file.sections);
  for (const [index, name] of names.entries()) {
    const section = file.sections[name]!;
    const keys = Object.keys(section).sort();
    const entries = keys.map((key) => `${JSON.stringify(key)}: ${JSON.stringify(section[key])}`);
    lines.push(`"${name}": {`, entries.join(',\n'), index === names.length - 1 ? '}' : '},');
  }
  const body = `${lines.join('\n')}\n}\n`;
  return `{\n"checksum": "${checksumOf(body)}",\n${body}`;
}

const checksumOf = (body: string) => `sha256:${createHash('sha256').update(body).digest('hex')}`;

/** @throws Failure for a file that is missing, cut short, changed by hand or of another format */
export function readFile(dir: string, name: string): SchemaFile {
  const path = join(dir, name);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Failure(`Could not read the schemas of ${path}: ${reason(cause)}; ${AGAIN}`, { cause });
  }
  const head = /^\{\n"checksum": "(sha256:[0-9a-f]{64})",\n/.exec(text);
  if (head === null)
    throw new Failure(`The schema file ${path} has no checksum on its second line; ${AGAIN}`);
  if (checksumOf(text.slice(head[0].length)) !== head[1])
    throw new Failure(
      `The schema file ${path} differs from its checksum: it is cut short or was edited; ${AGAIN}`,
    );
  if (!text.startsWith(`"format": ${FORMAT},\n`, head[0].length))
    throw new Failure(`The schema file ${path} has another format than ${FORMAT}; ${AGAIN}`);
  const sections = new Map<string, Section>();
  return {
    checksum: head[1]!,
    section: (section) => {
      let found = sections.get(section);
      if (found === undefined) {
        found = parseSection(text, section);
        sections.set(section, found);
      }
      return found;
    },
  };
}

/** Only the lines of one section are parsed: a run that compiles nothing never looks at the definitions. */
function parseSection(text: string, name: string): Section {
  const opening = `\n"${name}": {\n`;
  const start = text.indexOf(opening);
  if (start < 0) return {};
  const end = text.indexOf('\n}', start);
  const section: unknown = JSON.parse(`{${text.slice(start + opening.length, end)}}`);
  return isMapping(section) ? section : {};
}

function reason(error: unknown): string {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
    ? 'there is no such file'
    : String(error instanceof Error ? error.message : error);
}

export function writeKind(kind: KindFacts): Value {
  return {
    definition: kind.definition,
    namespaced: kind.namespaced,
    verbs: kind.verbs.join(' '),
    ...(kind.served ? {} : { served: false }),
    ...(kind.deprecated ? { deprecated: true } : {}),
    ...(kind.rules ? { rules: true } : {}),
  };
}

export function readKind(written: Value | undefined): KindFacts | undefined {
  if (!isMapping(written) || typeof written.definition !== 'string') return undefined;
  return {
    definition: written.definition,
    namespaced: written.namespaced === true,
    verbs: typeof written.verbs === 'string' ? written.verbs.split(' ') : [],
    served: written.served !== false,
    deprecated: written.deprecated === true,
    rules: written.rules === true,
  };
}

/** The key of a kind in a file: `apps/v1 Deployment`. */
export const kindKey = (apiVersion: string, kind: string): string => `${apiVersion} ${kind}`;

/** What every custom resource allows. */
export const CUSTOM_VERBS: readonly string[] = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];
