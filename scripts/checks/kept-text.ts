import { entryOf, newMap } from '../core/entry.ts';
import { valueOfJson } from '../core/json-value.ts';
import type { Resource, ResourceId } from '../core/resource.ts';
import { type Mapping, newMapping, type Value } from '../core/value.ts';
import type { KnownFolder } from '../discover/fleet.ts';
import { addLines, type Collection, readLines } from './kept-value.ts';
import type { FoundViolation } from './policies.ts';

/** A folder on its way to or from a file: a line about it, and those of each field that objects may share. */
export interface FolderText {
  readonly about: AboutFolder;
  /** The line about it. */
  readonly head: string;
  readonly fields: string;
}

export type KeptViolation = Pick<FoundViolation, 'violation' | 'placed'> & { readonly object: number };

export interface AboutFolder {
  /** Of the text of its fields. */
  readonly length: number;
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
export function folderText(
  facts: Omit<AboutFolder, 'length'>,
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
  const fields = lines.join('\n');
  return withHead({ ...facts, length: fields.length }, fields);
}

/** By kind, namespace and name: the object that was met last, most often in another cluster. */
const latest = new Map<string, Map<string, Map<string, Mapping>>>();

function twinOf({ kind, namespace = '', name }: ResourceId, manifest: Mapping): Mapping | undefined {
  const named = entryOf(entryOf(latest, kind, newMap), namespace, newMap);
  const twin = named.get(name);
  named.set(name, manifest);
  return twin;
}

/** The same, as it was at the commit. */
export function ofCommit({ about, fields }: FolderText): FolderText {
  return withHead({ ...about, ofCommit: true }, fields);
}

function withHead(about: AboutFolder, fields: string): FolderText {
  return { about, head: JSON.stringify(about), fields };
}

export function joinFolders(folders: readonly FolderText[]): string {
  return folders.map(({ head, fields }) => `${head}\n${fields}\n`).join('');
}

export function splitFolders(text: string): readonly FolderText[] {
  const folders: FolderText[] = [];
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start);
    const head = text.slice(start, end);
    const about: AboutFolder = JSON.parse(head);
    start = end + about.length + 2;
    folders.push({ about, head, fields: text.slice(end + 1, start - 1) });
  }
  return folders;
}

/** Whether other objects may hold the same: metadata is every object's own. */
function isShared(name: string, value: Value): value is Collection {
  return typeof value === 'object' && value !== null && name !== 'metadata';
}

export function keptObject(manifest: Mapping): KeptObject {
  return Object.keys(manifest).map((name) => {
    const value = manifest[name]!;
    return isShared(name, value) ? [name] : [name, value];
  });
}

export function manifestOf(fields: KeptObject, nextLine: () => string): Mapping {
  const manifest = newMapping();
  for (const field of fields) {
    manifest[field[0]] = field.length === 2 ? valueOfJson(field[1]) : readLines(nextLine);
  }
  return Object.freeze(manifest);
}
