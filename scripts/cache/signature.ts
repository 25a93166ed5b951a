import crypto from 'node:crypto';
import { readdirSync, readFileSync, type Stats, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type FolderListing, listingOf } from '../core/file-system.ts';

/** What stood at a name when it was looked at. */
export type Signature =
  /** Nothing, or a folder whatever it holds. */
  | 'nothing'
  | 'folder'
  /** A folder's listing. */
  | { readonly listing: string; readonly times: Times | undefined }
  | FileSignature;

interface FileSignature {
  readonly hash: string;
  readonly size: number;
  readonly times: Times;
}

/**
 * When a file's content or metadata changed last, in milliseconds, and its number in the file system: equal ones mean
 * that nobody has written to it. The time of modification says less: it can be set back, which changes this one.
 */
type Times = readonly [changed: number, inode: number];

/** What stood at each name; undefined where that is not certain. */
export type Signatures = ReadonlyMap<string, Signature | undefined>;

/** The names of several, where they agree. */
export function agreed(several: readonly Signatures[]): Signatures {
  const [first = new Map(), ...others] = several;
  if (others.length === 0) return first;
  const all = new Map<string, Signature | undefined>(first);
  for (const other of others) {
    for (const [name, signature] of other) {
      const isCertain = !all.has(name) || isSameSignature(all.get(name), signature);
      all.set(name, isCertain ? signature : undefined);
    }
  }
  return all;
}

/** Looks at names, at each once, and does not read again what somebody else did. */
export class Signer {
  readonly #root: string;
  readonly #since: number;
  readonly #taken = new Map<string, Signature | undefined>();
  /** What others read: digests of files, and the listings of folders. */
  readonly #files = new Map<string, string>();
  readonly #folders = new Map<string, FolderListing>();

  /** @param since milliseconds; a file that changed later may have changed after it was read: it is not signed */
  constructor(root: string, since: number) {
    this.#root = root;
    this.#since = since;
  }

  /** Of all names that were signed. */
  get taken(): Signatures {
    return this.#taken;
  }

  /** Tells of a file that was read. */
  sawFile(name: string, content: string | Buffer): void {
    this.#files.set(name, digest(content));
  }

  /** Tells of a folder that was listed. */
  sawFolder(name: string, listing: FolderListing): void {
    this.#folders.set(`${name}/`, listing);
  }

  /** @param name relative to the root; with a trailing slash the listing of a folder */
  sign(name: string): Signature | undefined {
    let signature = this.#taken.get(name);
    if (signature === undefined && !this.#taken.has(name)) {
      signature = this.#take(name);
      this.#taken.set(name, signature);
    }
    return signature;
  }

  #take(name: string): Signature | undefined {
    const at = name.lastIndexOf('/') + 1;
    const folder = name.slice(0, at);
    // What is missing from a folder that was listed is as certain as its listing.
    if (folder !== name && this.#folders.get(folder)?.has(name.slice(at)) === false)
      return this.sign(folder) && 'nothing';
    const stats = statOf(this.#root, name);
    const changed = stats?.ctimeMs ?? changeOfFolder(this.#root, name);
    if (changed >= this.#since) return undefined;
    if (name.endsWith('/')) {
      const seen = this.#folders.get(name);
      const listing = seen === undefined ? listingAt(this.#root, name) : digestOf(seen);
      return { listing, times: stats && timesOf(stats) };
    }
    if (stats === undefined) return 'nothing';
    if (stats.isDirectory()) return 'folder';
    const hash = this.#files.get(name) ?? contentOf(this.#root, name);
    return hash === undefined ? undefined : { hash, size: stats.size, times: timesOf(stats) };
  }
}

/** When the folder that a name is missing from changed last. */
function changeOfFolder(root: string, name: string): number {
  const folder = dirname(name);
  return statOf(root, folder)?.ctimeMs ?? (folder === '.' ? 0 : changeOfFolder(root, folder));
}

/** Whether the name is as it was: `true`, `false`, or its new signature where only its times differ. */
export function compareSignature(root: string, name: string, known: Signature): boolean | Signature {
  const stats = statOf(root, name);
  if (name.endsWith('/')) {
    if (typeof known !== 'object' || !('listing' in known)) return false;
    const times = stats && timesOf(stats);
    if (times !== undefined && known.times !== undefined && isEqual(times, known.times)) return true;
    return listingAt(root, name) === known.listing && { ...known, times };
  }
  if (stats === undefined) return known === 'nothing';
  if (stats.isDirectory()) return known === 'folder';
  if (typeof known !== 'object' || 'listing' in known || stats.size !== known.size) return false;
  const times = timesOf(stats);
  if (isEqual(times, known.times)) return true;
  // A checkout gives files new times; only content counts.
  return contentOf(root, name) === known.hash && { ...known, times };
}

export function isSameSignature(one: Signature | undefined, other: Signature | undefined): boolean {
  if (typeof one !== 'object' || typeof other !== 'object') return one === other;
  const areTimesEqual =
    one.times !== undefined && other.times !== undefined && isEqual(one.times, other.times);
  if (!areTimesEqual && one.times !== other.times) return false;
  if ('listing' in one) return 'listing' in other && one.listing === other.listing;
  return 'hash' in other && one.hash === other.hash;
}

function timesOf({ ctimeMs, ino }: Stats): Times {
  return [ctimeMs, ino];
}

function isEqual(a: Times, b: Times): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

/** A digest of a file; undefined where it cannot be read. */
export function contentOf(root: string, name: string): string | undefined {
  try {
    return digest(readFileSync(join(root, name)));
  } catch {
    return undefined;
  }
}

const NO_THROW = { throwIfNoEntry: false } as const;

function statOf(root: string, name: string) {
  // Names are clean: joining them would cost as much as the look.
  return statSync(`${root}/${name}`, NO_THROW);
}

function listingAt(root: string, name: string): string {
  try {
    return digestOf(listingOf(readdirSync(join(root, name), { withFileTypes: true })));
  } catch {
    return 'nothing';
  }
}

function digestOf(listing: FolderListing): string {
  const names = Array.from(listing, ([name, kind]) => `${name}${kind === 'directory' ? '/' : ''}`);
  return digest(names.sort().join('\n'));
}

export function digest(content: string | NodeJS.ArrayBufferView): string {
  // At once, which Node has been able to since 20.12.
  if (crypto.hash !== undefined) return crypto.hash('sha256', content, 'base64url');
  return crypto.createHash('sha256').update(content).digest('base64url');
}
