import { entryOf, newMap } from '../core/entry.ts';
import { valueOfJson } from '../core/json-value.ts';
import type { Resource, ResourceId } from '../core/resource.ts';
import { type Mapping, newMapping, type Value } from '../core/value.ts';
import type { KnownFolder } from '../discover/fleet.ts';
import { addLines, type Collection, readLines } from './kept-value.ts';
import type { FoundViolation } from './policies.ts';

/** A folder on its way to or from a file: a line about it, and those of each field that objects may share. */
export interface FolderText {
  readonly about: string;
  readonly fields: string;
}

export type KeptViolation = Pick<FoundViolation, 'violation' | 'placed'> & { readonly object: number };

export interface AboutFolder {
  readonly dir: string;
  readonly asked: readonly string[];
  readonly entries: KnownFolder['entries'];
  readonly objects: readonly KeptObject[];
  /** What is wrong with objects by themselves, by their index. */
  readonly found: readonly KeptViolation[];
}

/** The names of an object's fields, each with its value after it. */
export type KeptObject = readonly Value[];

/** Stands for a value that is the next lines. */
const NEXT_LINES: Value = [];

/** Throws where a number is too large for JSON, which holds no line feed of its own. */
export function folderText(
  about: AboutFolder,
  resources: readonly Pick<Resource, 'id' | 'manifest'>[],
): FolderText {
  const lines: string[] = [];
  for (const { id, manifest } of resources) {
    const twin = twinOf(id, manifest);
    for (const name in manifest) {
      const value = manifest[name]!;
      if (isShared(name, value)) addLines(lines, value, twin?.[name]);
    }
  }
  return { about: JSON.stringify(about), fields: lines.join('\n') };
}

export function readAbout({ about }: FolderText): AboutFolder {
  return JSON.parse(about);
}

/** By kind, namespace and name: the object that was met last, most often in another cluster. */
const latest = new Map<string, Map<string, Map<string, Mapping>>>();

function twinOf({ kind, namespace = '', name }: ResourceId, manifest: Mapping): Mapping | undefined {
  const named = entryOf(entryOf(latest, kind, newMap), namespace, newMap);
  const twin = named.get(name);
  named.set(name, manifest);
  return twin;
}

/** Before each stand the lengths of its two texts, so that what nobody wants is passed over. */
export function joinFolders(folders: readonly FolderText[]): string {
  return folders
    .map(({ about, fields }) => `${about.length} ${fields.length}\n${about}\n${fields}\n`)
    .join('');
}

export function splitFolders(text: string): readonly FolderText[] {
  const folders: FolderText[] = [];
  for (let start = 0; start < text.length; ) {
    const line = text.indexOf('\n', start) + 1;
    const [aboutLength, fieldsLength] = text.slice(start, line).split(' ').map(Number) as [number, number];
    const fields = line + aboutLength + 1;
    start = fields + fieldsLength + 1;
    folders.push({ about: text.slice(line, fields - 1), fields: text.slice(fields, start - 1) });
  }
  return folders;
}

/** Whether other objects may hold the same: metadata is every object's own. */
function isShared(name: string, value: Value): value is Collection {
  return typeof value === 'object' && value !== null && name !== 'metadata';
}

export function keptObject(manifest: Mapping): KeptObject {
  const fields: Value[] = [];
  for (const name in manifest) {
    const value = manifest[name]!;
    fields.push(name, isShared(name, value) ? NEXT_LINES : value);
  }
  return fields;
}

export function manifestOf(fields: KeptObject, nextLine: () => string): Mapping {
  const manifest = newMapping();
  for (let at = 0; at < fields.length; at += 2) {
    const name = fields[at] as string;
    const value = fields[at + 1]!;
    manifest[name] = isShared(name, value) ? readLines(nextLine) : valueOfJson(value);
  }
  return Object.freeze(manifest);
}
