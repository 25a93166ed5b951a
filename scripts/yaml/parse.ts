import { timed } from '../core/stages.ts';
import { work } from '../core/work.ts';
import { FORBIDDEN } from './characters.ts';
import { YamlFault } from './cursor.ts';
import { LineParser } from './line-parser.ts';
import { isUsual } from './line-patterns.ts';
import type { Place, Source, YamlNode } from './node.ts';
import { Parser } from './parser.ts';
import type { Dialect } from './resolve.ts';

export type { Dialect } from './resolve.ts';

/** What go-yaml refuses, and where. */
export interface YamlProblem {
  readonly message: string;
  readonly place: Place;
}

export interface ParsedDocument {
  /** Undefined where the document holds nothing but comments, and where it has a problem. */
  readonly root: YamlNode | undefined;
  readonly problems: readonly YamlProblem[];
  readonly place: Place;
}

const BYTE_ORDER_MARK = 0xfeff;

/**
 * The documents of a file as go-yaml reads them. In dialect v3 the file is cut at its `---` lines first and one
 * document is read from each part, as Kustomize does; in v2 the documents follow each other in one stream, and after a
 * problem reading goes on at the next `---` line.
 */
export function parseDocuments(source: Source, dialect: Dialect): readonly ParsedDocument[] {
  work.textsParsed++;
  return timed('parse', () => {
    const usual = isUsual(source.text);
    const clean = usual || !FORBIDDEN.test(source.text);
    if (dialect === 'go-yaml-v3') return parseParts(source, clean, usual);
    return (usual && streamByLines(source)) || parseStream(source, clean);
  });
}

function problemAt(source: Source, message: string, start: number, end: number): YamlProblem {
  const last = source.text.length;
  return {
    message,
    place: { source, start: Math.min(start, last), end: Math.min(Math.max(start, end), last) },
  };
}

function problemOf(source: Source, error: unknown): YamlProblem {
  if (error instanceof YamlFault) return problemAt(source, error.message, error.start, error.end);
  throw error;
}

function forbidden(source: Source, start: number, end: number): YamlProblem | undefined {
  const found = source.text.slice(start, end).search(FORBIDDEN);
  if (found < 0) return undefined;
  const code = source.text
    .charCodeAt(start + found)
    .toString(16)
    .padStart(4, '0')
    .toUpperCase();
  return problemAt(source, `control character U+${code} is not allowed`, start + found, start + found + 1);
}

function isEmpty(root: YamlNode | undefined): boolean {
  return root?.kind === 'scalar' && root.place.start === root.place.end;
}

function parseParts(source: Source, clean: boolean, usual: boolean): readonly ParsedDocument[] {
  const { text } = source;
  const documents: ParsedDocument[] = [];
  let start = 0;
  let from = 0;
  while (start < text.length) {
    const cut = text.indexOf('\n---', from);
    const lineEnd = cut < 0 ? -1 : text.indexOf('\n', cut + 1);
    const end = lineEnd < 0 ? text.length : cut + 1;
    if (lineEnd >= 0) {
      const after = text.slice(cut + 4, lineEnd).trim();
      if (after !== '' && !after.startsWith('#')) {
        const message = `invalid document separator: "---${after}", expected nothing but a comment after "---"`;
        const place = { source, start: cut + 1, end: lineEnd };
        documents.push({ root: undefined, problems: [{ message, place }], place });
        return documents;
      }
    }
    documents.push(parsePart(source, start, end, clean, usual));
    if (lineEnd < 0) break;
    start = lineEnd + 1;
    from = start;
  }
  return documents;
}

function parsePart(
  source: Source,
  start: number,
  end: number,
  clean: boolean,
  usual: boolean,
): ParsedDocument {
  const place: Place = { source, start, end };
  const bad = clean ? undefined : forbidden(source, start, end);
  if (bad !== undefined) return { root: undefined, problems: [bad], place };
  const byLines = usual ? partByLines(source, start, end) : undefined;
  if (byLines !== undefined) return { root: byLines, problems: [], place };
  const from = source.text.charCodeAt(start) === BYTE_ORDER_MARK ? start + 1 : start;
  try {
    const root = new Parser(source, from, end, 'go-yaml-v3').document();
    return { root: isEmpty(root) ? undefined : root, problems: [], place };
  } catch (error) {
    return { root: undefined, problems: [problemOf(source, error)], place };
  }
}

function partByLines(source: Source, start: number, end: number): YamlNode | undefined {
  const parser = new LineParser(source, end, 'go-yaml-v3');
  const root = parser.document(start);
  return parser.position < end ? undefined : root;
}

/** Undefined where one of the documents is not written in the usual way. */
function streamByLines(source: Source): readonly ParsedDocument[] | undefined {
  const { text } = source;
  const parser = new LineParser(source, text.length, 'go-yaml-v2');
  const documents: ParsedDocument[] = [];
  for (let start = 0; ; ) {
    const root = parser.document(parser.position);
    if (root === undefined) return undefined;
    const atMarker = parser.position < text.length;
    const end = atMarker ? parser.position + 3 : text.length;
    documents.push({ root, problems: [], place: { source, start, end } });
    if (!atMarker) return documents;
    start = end;
  }
}

function parseStream(source: Source, clean: boolean): readonly ParsedDocument[] {
  const { text } = source;
  const documents: ParsedDocument[] = [];
  const bad = clean ? undefined : forbidden(source, 0, text.length);
  if (bad !== undefined) {
    const place: Place = { source, start: 0, end: text.length };
    return [{ root: undefined, problems: [bad], place }];
  }
  let start = text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
  let parser = new Parser(source, start, text.length, 'go-yaml-v2');
  for (;;) {
    try {
      const root = parser.document();
      if (root === undefined) return documents;
      const end = parser.position;
      documents.push({ root: isEmpty(root) ? undefined : root, problems: [], place: { source, start, end } });
      start = end;
    } catch (error) {
      const problem = problemOf(source, error);
      const marker = text.indexOf('\n---', Math.max(problem.place.start - 1, start));
      const end = marker < 0 ? text.length : marker + 1;
      documents.push({ root: undefined, problems: [problem], place: { source, start, end } });
      if (marker < 0) return documents;
      start = end;
      parser = new Parser(source, start, text.length, 'go-yaml-v2');
    }
  }
}
