import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import type { Finding, PlacedEdit } from '../core/finding.ts';
import type { Resource } from '../core/resource.ts';
import { editText } from './edit-text.ts';
import { unexplained } from './unexplained.ts';

/** What is judged, as often as it is asked for: findings, and the objects as rendered, by an id of their own. */
export interface State {
  readonly findings: readonly Finding[];
  readonly objects: ReadonlyMap<string, Resource>;
}

export interface Fixed {
  /** Findings that are gone. */
  readonly mended: number;
  /** Why edits were taken back, where they were. */
  readonly refused: readonly string[];
  readonly after: State;
}

/** A file before and after its edits. */
interface Change {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** The edits of all findings as a unified diff; empty where nothing can be mended for certain. */
export function proposeFixes(root: string, findings: readonly Finding[]): string {
  return changesOf(root, findings)
    .map(({ path, before, after }) =>
      createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, '', '', { context: 2 }),
    )
    .join('');
}

/**
 * Makes the edits of all findings, then renders and judges again: a file whose edits do not end their findings, or
 * that change anything else, gets its text back.
 */
export async function applyFixes(root: string, before: State, judge: () => Promise<State>): Promise<Fixed> {
  const refused: string[] = [];
  let kept = before;
  for (const change of changesOf(root, before.findings)) {
    const edited = before.findings.filter(({ edit }) => edit?.origin.file === change.path);
    write(root, change.path, change.after);
    let reason: string | undefined;
    let after: State | undefined;
    try {
      after = await judge();
      reason = whyNot(kept, after, edited);
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
    }
    if (reason === undefined && after !== undefined) kept = after;
    else {
      write(root, change.path, change.before);
      refused.push(`${change.path}: ${reason}`);
    }
  }
  return { mended: before.findings.length - kept.findings.length, refused, after: kept };
}

function whyNot(before: State, after: State, edited: readonly Finding[]): string | undefined {
  const still = new Set(after.findings.map(keyOf));
  const left = edited.find((finding) => still.has(keyOf(finding)));
  if (left !== undefined) return `"${left.message}" would still hold`;
  const known = new Set(before.findings.map(keyOf));
  const added = after.findings.find((finding) => !known.has(keyOf(finding)));
  if (added !== undefined) return `it would bring "${added.message}"`;
  const other = unexplained(before.objects, after.objects, edited);
  return other === undefined ? undefined : `it would also change ${other}`;
}

/** The same finding before and after, whatever lines moved. */
function keyOf({ rule, origin, message }: Finding): string {
  return [rule, origin.file, message].join('\0');
}

function changesOf(root: string, findings: readonly Finding[]): readonly Change[] {
  const byFile = new Map<string, PlacedEdit[]>();
  for (const { edit } of findings) {
    if (edit === undefined || edit.origin.file === '-') continue;
    const edits = byFile.get(edit.origin.file);
    if (edits === undefined) byFile.set(edit.origin.file, [edit]);
    else edits.push(edit);
  }
  return [...byFile]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, edits]) => {
      const before = readFileSync(resolve(root, path), 'utf8');
      return { path, before, after: editText(before, edits) };
    })
    .filter(({ before, after }) => before !== after);
}

/** Written beside and moved, so that a file is never half there. */
function write(root: string, path: string, text: string): void {
  const file = resolve(root, path);
  const beside = `${file}.${process.pid}.tmp`;
  writeFileSync(beside, text);
  renameSync(beside, file);
}
