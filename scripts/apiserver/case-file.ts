import { readFileSync } from 'node:fs';
import {
  type Document,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  parseAllDocuments,
} from 'yaml';
import type { RuleViolation } from '../core/finding.ts';
import type { Path } from '../core/path.ts';
import type { Mapping } from '../core/value.ts';

/** One document of a fixture. */
export interface CaseDocument {
  readonly manifest: Mapping;
  /** From a comment `# kubernetes: 1.35` right above the document; 1.36 otherwise. */
  readonly kubernetesVersion: string;
  /** Comments `# expect: part of a message | part of another` at the end of lines. */
  readonly expected: readonly Expectation[];
  /** 1-based line of the deepest part of the path that is written. */
  lineOf(path: Path): number;
}

export interface Expectation {
  readonly line: number;
  readonly part: string;
}

/** For tests: the documents of a fixture. */
export function readCase(file: string): readonly CaseDocument[] {
  const source = readFileSync(file, 'utf8');
  const lines = source.split('\n');
  const counter = new LineCounter();
  return parseAllDocuments(source, { lineCounter: counter, version: '1.1' }).map((document) => {
    if (document.errors.length > 0) throw document.errors[0];
    const first = counter.linePos(document.contents?.range[0] ?? 0).line;
    const last = counter.linePos(document.contents?.range[2] ?? 0).line;
    const above = lines.slice(Math.max(0, first - 3), first).join('\n');
    return {
      manifest: document.toJS() as Mapping,
      kubernetesVersion: /^# kubernetes: (\S+)$/m.exec(above)?.[1] ?? '1.36',
      expected: lines.slice(first - 1, last).flatMap((line, index) => {
        const parts = /# expect: (.*)$/.exec(line)?.[1]?.split(' | ') ?? [];
        return parts.map((part) => ({ line: first + index, part }));
      }),
      lineOf: (path) => counter.linePos(offsetOf(document, path)).line,
    };
  });
}

/** What differs between expectations and violations, a line each; empty where all agree. */
export function differences(document: CaseDocument, violations: readonly RuleViolation[]): readonly string[] {
  const found = violations.map(({ at, place, message }) => ({
    line: document.lineOf(place ?? at),
    message,
  }));
  const differing: string[] = [];
  for (const { line, part } of document.expected) {
    const index = found.findIndex((one) => one.line === line && one.message.includes(part));
    if (index < 0) differing.push(`${line}: expected "${part}"`);
    else found.splice(index, 1);
  }
  for (const { line, message } of found) differing.push(`${line}: unexpected "${message}"`);
  return differing;
}

function offsetOf(document: Document.Parsed, path: Path): number {
  let node: ParsedNode | null | undefined = document.contents;
  let offset = node?.range[0] ?? 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(
        (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(step),
      );
      if (pair === undefined) break;
      offset = (pair.key as ParsedNode).range[0];
      node = pair.value as ParsedNode | null;
    } else if (isSeq(node) && typeof step === 'number') {
      node = node.items[step] as ParsedNode | undefined;
      offset = node?.range[0] ?? offset;
    } else break;
  }
  return offset;
}
