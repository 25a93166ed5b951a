import { basename, dirname, relative, sep } from 'node:path';
import { attempt } from '../core/attempt.ts';
import { type FileSystem, type FolderListing, type Kind, listingOf } from '../core/file-system.ts';
import { type Memoed, memoisedIn } from '../core/memoised.ts';
import { timed } from '../core/stages.ts';
import type { Source } from '../yaml/node.ts';
import { type Dialect, type ParsedDocument, parseDocuments } from '../yaml/parse.ts';
import { isUtf8 } from './utf8.ts';

/** A file of the run, read once. */
export interface File extends Memoed {
  /** Absolute, with symbolic links resolved. */
  readonly path: string;
  readonly bytes: Buffer;
  readonly source: Source;
}

/** The file system as a build sees it: everything is read and parsed once. */
export interface Files {
  /** Absolute path without symbolic links; undefined where nothing is there. */
  real(path: string): string | undefined;
  isDirectory(path: string): boolean;
  /** Whether something of that name stands in a folder, by the folder's listing. */
  holds(folder: string, name: string): boolean;
  /** The path relative to the repository, '/' separated; '.' for the repository itself. */
  name(path: string): string;
  /** Undefined where there is no readable file. `path` must be real. */
  read(path: string): File | undefined;
  /** What is there that is neither a file nor a folder, such as "a named pipe": to read it could wait for ever. */
  strange(path: string): string | undefined;
  /** The documents of a resource or patch. */
  resources(file: File): readonly ParsedDocument[];
  /** The documents of a configuration file. */
  configuration(file: File): readonly ParsedDocument[];
  /** Lets go of what was read in a folder: an overlay that is built needs it no more. */
  forget(folder: string): void;
  /** Does `work` and adds to `asked` every path that it asks for, whether or not anything is there. */
  noting<T>(asked: Set<string>, work: () => T): T;
  /** Counts paths as asked for, by work that was done before and is not done again. */
  note(paths: Iterable<string>): void;
}

/** Told of every file and folder that is read, by its name relative to the repository. */
export interface Observer {
  /** @param content text where it is UTF-8 */
  sawFile(name: string, content: string | Buffer): void;
  sawFolder(name: string, listing: FolderListing): void;
}

/** @param root absolute path of the repository, which the names in places are relative to */
export function openFiles(root: string, fileSystem: FileSystem, observer?: Observer): Files {
  const listed = new Map<string, FolderListing | undefined>();
  const entries = new Map<string, Kind | undefined>();
  const reals = new Map<string, string | undefined>();
  const directories = new Map<string, boolean>();
  const files = new Map<string, File | undefined>();
  const base = fileSystem.real(root) ?? root;
  const below = base + sep;
  const named = (path: string) =>
    sep === '/' && path.startsWith(below)
      ? path.slice(below.length) || './'
      : relative(base, path).split(sep).join('/') || '.';
  const listing = (path: string) => once(listed, path, () => attempt(() => list(path)));
  const list = (path: string): FolderListing => {
    const listing = listingOf(fileSystem.list(path));
    observer?.sawFolder(named(path), listing);
    return listing;
  };
  /** What the folder above says of a path in the repository, so that most paths need no call of the system. */
  const entryOf = (path: string): Kind | undefined =>
    once(entries, path, () =>
      path.startsWith(below) ? listing(folderOf(path))?.get(nameIn(path)) : undefined,
    );
  const real = (path: string): string | undefined =>
    once(reals, path, () => {
      if (!path.startsWith(below)) return path === base ? base : fileSystem.real(path);
      const above = folderOf(path);
      const folder = real(above);
      if (folder === undefined) return undefined;
      const name = nameIn(path);
      const names = listing(folder);
      const entry = names?.get(name);
      if (names !== undefined && entry === undefined) return undefined;
      if (!isPlain(entry)) return fileSystem.real(path);
      return folder === above && !path.endsWith(sep) ? path : `${folder === sep ? '' : folder}${sep}${name}`;
    });
  let asked: Set<string> | undefined;

  return {
    real: (path) => {
      asked?.add(path);
      return real(path);
    },
    isDirectory: (path) => {
      asked?.add(path);
      const entry = entryOf(path);
      if (isPlain(entry)) return entry === 'directory';
      return once(directories, path, () => fileSystem.kindAt(path) === 'directory');
    },
    holds: (folder, name) => {
      // With the slash it is the listing that counts, not only that the folder is there.
      asked?.add(folder + sep);
      return listing(folder)?.has(name) === true;
    },
    name: named,
    read: (path) => {
      asked?.add(path);
      return once(files, path, () => {
        // What is neither a file nor a folder, such as a pipe, could be read for ever.
        if (entryOf(path) !== 'file' && fileSystem.kindAt(path) !== 'file') return undefined;
        const content = timed('read', () => attempt(() => textOrBytesOf(fileSystem, path)));
        if (content === undefined) return undefined;
        const file = named(path);
        observer?.sawFile(file, content);
        const text = typeof content === 'string' ? content : content.toString('utf8');
        return {
          path,
          source: { file, text },
          memo: new Map(),
          get bytes() {
            return typeof content === 'string' ? Buffer.from(content) : content;
          },
        };
      });
    },
    strange: (path) => {
      const entry = entryOf(path);
      return isPlain(entry) ? undefined : fileSystem.strangeAt(path);
    },
    resources: memoisedIn((file: File) => parse(file, 'go-yaml-v3')),
    configuration: memoisedIn((file: File) => parse(file, 'go-yaml-v2')),
    forget(folder) {
      for (const name of listed.get(folder)?.keys() ?? []) files.delete(`${folder}${sep}${name}`);
    },
    noting(into, work) {
      const outer = asked;
      asked = into;
      try {
        return work();
      } finally {
        asked = outer;
      }
    },
    note(paths) {
      if (asked !== undefined) for (const path of paths) asked.add(path);
    },
  };
}

function isPlain(entry: Kind | undefined): boolean {
  return entry === 'file' || entry === 'directory';
}

/** As `dirname` and `basename`, which look at each character. */
function folderOf(path: string): string {
  return path.endsWith(sep) ? dirname(path) : path.slice(0, path.lastIndexOf(sep)) || sep;
}

function nameIn(path: string): string {
  return path.endsWith(sep) ? basename(path) : path.slice(path.lastIndexOf(sep) + 1);
}

/** The text of a file, which is read twice as fast as its bytes; those where they may be no UTF-8. */
function textOrBytesOf(fileSystem: FileSystem, path: string): string | Buffer {
  const text = fileSystem.readText(path);
  return text.includes('\ufffd') ? fileSystem.readBytes(path) : text;
}

/** go-yaml refuses bytes that are no UTF-8. */
function parse(file: File, dialect: Dialect): readonly ParsedDocument[] {
  const { source } = file;
  if (!source.text.includes('\ufffd') || isUtf8(file.bytes, source.text))
    return parseDocuments(source, dialect);
  const start = Math.max(source.text.indexOf('\ufffd'), 0);
  const place = { source, start, end: start + 1 };
  return [{ root: undefined, problems: [{ message: 'invalid UTF-8', place }], place }];
}

function once<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const found = known.get(key);
  if (found !== undefined || known.has(key)) return found!;
  const value = make();
  known.set(key, value);
  return value;
}
