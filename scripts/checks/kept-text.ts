import { valueOfJson } from '../core/json-value.ts';
import { type Mapping, newMapping, type Value } from '../core/value.ts';
import type { KnownFolder } from '../discover/fleet.ts';
import type { FoundViolation } from './policies.ts';

/**
 * A folder on its way to or from a file: a line about it, and one for each field that objects may share, so that it is
 * one text.
 */
export interface FolderText {
  readonly about: AboutFolder;
  readonly lines: readonly string[];
}

export type KeptViolation = Pick<FoundViolation, 'violation' | 'placed'> & { readonly object: number };

export interface AboutFolder {
  readonly dir: string;
  readonly asked: readonly string[];
  readonly entries: KnownFolder['entries'];
  readonly objects: readonly KeptObject[];
  /** What is wrong with objects by themselves, by their index. */
  readonly found: readonly KeptViolation[];
  /** As it was at the commit that updates are compared with, where it is another by now. */
  readonly ofCommit?: true;
}

/** The fields of an object; those without a value are the next lines. */
export type KeptObject = readonly (readonly [name: string] | readonly [name: string, value: Value])[];

/** Throws where a number is too large for JSON, which holds no line feed of its own. */
export function folderText(about: AboutFolder, manifests: readonly Mapping[]): FolderText {
  const lines = [JSON.stringify(about)];
  for (const manifest of manifests) addLines(lines, manifest);
  return { about, lines };
}

/** The same, as it was at the commit. */
export function ofCommit({ about, lines }: FolderText): FolderText {
  const marked: AboutFolder = { ...about, ofCommit: true };
  return { about: marked, lines: [JSON.stringify(marked), ...lines.slice(1)] };
}

export function joinFolders(folders: readonly FolderText[]): string {
  return folders.flatMap(({ lines }) => lines).join('\n');
}

export function splitFolders(text: string): readonly FolderText[] {
  const lines = text === '' ? [] : text.split('\n');
  const folders: FolderText[] = [];
  let end = 0;
  while (end < lines.length) {
    const start = end++;
    const about: AboutFolder = JSON.parse(lines[start]!);
    for (const fields of about.objects) for (const field of fields) if (field.length === 1) end++;
    folders.push({ about, lines: lines.slice(start, end) });
  }
  return folders;
}

/** Of what was met twice: most of what one object has alone is not met again. */
const texts = new WeakMap<object, string>();
const met = new WeakSet<object>();

/** Whether other objects may hold the same: metadata is every object's own. */
function isShared(name: string, value: Value): value is Mapping | readonly Value[] {
  return typeof value === 'object' && value !== null && name !== 'metadata';
}

export function keptObject(manifest: Mapping): KeptObject {
  return Object.keys(manifest).map((name) => {
    const value = manifest[name]!;
    return isShared(name, value) ? [name] : [name, value];
  });
}

function addLines(lines: string[], manifest: Mapping): void {
  for (const name in manifest) {
    const value = manifest[name]!;
    if (!isShared(name, value)) continue;
    const text = texts.get(value) ?? JSON.stringify(value);
    if (met.has(value)) texts.set(value, text);
    else met.add(value);
    lines.push(text);
  }
}

const values = new Map<string, Value>();

/** The same value for the same line, which clusters share as they did when it was rendered. */
export function manifestOf(fields: KeptObject, nextLine: () => string): Mapping {
  const manifest = newMapping();
  for (const field of fields) {
    manifest[field[0]] = field.length === 2 ? valueOfJson(field[1]) : sharedValue(nextLine());
  }
  return Object.freeze(manifest);
}

function sharedValue(text: string): Value {
  let value = values.get(text);
  if (value === undefined) {
    value = valueOfJson(JSON.parse(text));
    values.set(text, value);
  }
  return value;
}
