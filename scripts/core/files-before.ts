import { dirname, join, relative, resolve, sep } from 'node:path';
import { DISK } from './disk.ts';
import { entryOf, newMap } from './entry.ts';
import type { FileSystem, FolderEntry } from './file-system.ts';

/** How files differ from what they were. Names are relative to a root, and '/' separated. */
export interface ChangedFiles {
  readonly changed: ReadonlySet<string>;
  /** What the changed files held; those that were not there are left out. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
}

/**
 * Files as they were before some of them changed: those from memory, and all others from where they are. Of folders
 * there are only those that held something.
 *
 * @param root absolute path of the folder that names are relative to
 */
export function filesBefore(
  root: string,
  { changed, contents }: ChangedFiles,
  now: FileSystem = DISK,
): FileSystem {
  const base = now.real(root) ?? root;
  const held = entriesByFolder(contents.keys());
  const touched = new Set([...changed].flatMap(foldersAbove));
  const nameOf = (path: string): string => {
    const name = relative(root, path);
    return (name.startsWith('..') ? relative(base, path) : name).replaceAll(sep, '/');
  };

  const kindAt: FileSystem['kindAt'] = (path) => {
    const name = nameOf(path);
    if (contents.has(name)) return 'file';
    if (held.has(name)) return 'directory';
    if (changed.has(name)) return undefined;
    const kind = now.kindAt(path);
    return kind === 'directory' && touched.has(name) && entriesLeft(path, name).length === 0
      ? undefined
      : kind;
  };
  /** What is in a folder now and was before. */
  const entriesLeft = (path: string, name: string): readonly FolderEntry[] => {
    const entries = now.kindAt(path) === 'directory' ? now.list(path) : [];
    if (!touched.has(name)) return entries;
    return entries.filter((entry) => {
      const inner = name === '' ? entry.name : `${name}/${entry.name}`;
      if (changed.has(inner) || held.has(inner)) return false;
      return !touched.has(inner) || kindAt(join(path, entry.name)) !== undefined;
    });
  };
  const contentOf = (path: string): Buffer | undefined => {
    const name = nameOf(path);
    const bytes = contents.get(name);
    if (bytes !== undefined) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (changed.has(name)) throw new Error(`There was no file "${name}"`);
    return undefined;
  };

  return {
    kindAt,
    strangeAt: (path) => (changed.has(nameOf(path)) ? undefined : now.strangeAt(path)),
    real(path) {
      const name = nameOf(path);
      if (kindAt(path) === undefined) return undefined;
      return contents.has(name) || held.has(name) ? resolve(base, name) : now.real(path);
    },
    list(path) {
      const name = nameOf(path);
      if (kindAt(path) !== 'directory') throw new Error(`There was no folder "${name}"`);
      return [...entriesLeft(path, name), ...(held.get(name)?.values() ?? [])];
    },
    readText: (path) => contentOf(path)?.toString('utf8') ?? now.readText(path),
    readBytes: (path) => contentOf(path) ?? now.readBytes(path),
  };
}

/** `a/b/c` → `a/b`, `a`, ``. */
function foldersAbove(name: string): readonly string[] {
  const above = dirname(name);
  return above === '.' ? [''] : [above, ...foldersAbove(above)];
}

function entriesByFolder(names: Iterable<string>): ReadonlyMap<string, ReadonlyMap<string, FolderEntry>> {
  const folders = new Map<string, Map<string, FolderEntry>>();
  for (const name of names) {
    let inner = name;
    for (const folder of foldersAbove(name)) {
      const entry = inner.slice(folder === '' ? 0 : folder.length + 1);
      entryOf(folders, folder, newMap).set(entry, new Entry(entry, inner === name));
      inner = folder;
    }
  }
  return folders;
}

class Entry implements FolderEntry {
  readonly name: string;
  readonly #isFile: boolean;

  constructor(name: string, isFile: boolean) {
    this.name = name;
    this.#isFile = isFile;
  }

  isFile(): boolean {
    return this.#isFile;
  }

  isDirectory(): boolean {
    return !this.#isFile;
  }
}
