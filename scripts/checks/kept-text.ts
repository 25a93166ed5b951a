import { valueOfJson } from '../core/json-value.ts';
import { type Mapping, newMapping, type Value } from '../core/value.ts';
import type { KnownFolder } from '../discover/fleet.ts';
import type { FoundViolation } from './policies.ts';

/** A folder on its way to or from a file: a line for each field of each object, so that what objects share is one text. */
export interface FolderText {
  readonly about: AboutFolder;
  readonly lines: readonly string[];
}

export type KeptViolation = Pick<FoundViolation, 'violation' | 'placed'> & { readonly object: number };

export interface AboutFolder {
  readonly dir: string;
  readonly asked: readonly string[];
  readonly entries: KnownFolder['entries'];
  /** The names of each object's fields. */
  readonly objects: readonly (readonly string[])[];
  /** What is wrong with objects by themselves, by their index. */
  readonly found: readonly KeptViolation[];
  /** As it was at the commit that updates are compared with, where it is another by now. */
  readonly ofCommit?: true;
}

/** What is said of all folders, and then their lines. JSON holds no line feed of its own. */
export function joinFolders(folders: readonly FolderText[]): string {
  const abouts = JSON.stringify(folders.map(({ about }) => about));
  return [abouts, ...folders.flatMap(({ lines }) => lines)].join('\n');
}

export function splitFolders(text: string): readonly FolderText[] {
  const [abouts = '[]', ...lines] = text.split('\n');
  let at = 0;
  return (JSON.parse(abouts) as readonly AboutFolder[]).map((about) => {
    const start = at;
    for (const names of about.objects) at += names.length;
    return { about, lines: lines.slice(start, at) };
  });
}

const texts = new WeakMap<object, string>();

/** Throws where a number is too large for JSON. */
export function linesOf(manifest: Mapping): readonly string[] {
  return Object.keys(manifest).map((name) => {
    const value = manifest[name]!;
    // Metadata is every object's own.
    if (typeof value !== 'object' || value === null || name === 'metadata') return JSON.stringify(value);
    let text = texts.get(value);
    if (text === undefined) {
      text = JSON.stringify(value);
      texts.set(value, text);
    }
    return text;
  });
}

const values = new Map<string, Value>();

/** The same object for the same line, which clusters share as they did when it was rendered. */
export function manifestOf(names: readonly string[], lines: readonly string[], start: number): Mapping {
  const manifest = newMapping();
  for (const [index, name] of names.entries()) {
    const text = lines[start + index]!;
    let value = name === 'metadata' ? undefined : values.get(text);
    if (value === undefined) {
      value = valueOfJson(JSON.parse(text));
      if (name !== 'metadata') values.set(text, value);
    }
    manifest[name] = value;
  }
  return Object.freeze(manifest);
}
