import { readdirSync, statSync } from 'node:fs';

/** What a folder holds, by name. */
export interface Listing {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** A listing that was kept, with the folder's time and number: where these are equal it need not be read again. */
export type KeptListing = readonly [
  changed: number,
  inode: number,
  files: readonly string[],
  folders: readonly string[],
];

/** Lists folders, and reads only those whose time changed since they were kept. */
export class Listings {
  readonly #root: string;
  readonly #since: number;
  readonly #kept: Readonly<Record<string, KeptListing>>;
  readonly #next: Record<string, KeptListing> = Object.create(null);
  readonly #listed = new Map<string, Listing>();
  readonly #same = new Set<string>();
  /** Something is to be kept that was not. */
  changed = false;
  /** Every folder that was listed is kept, so that a later run sees when one of them changes. */
  isWhole = true;

  /** @param since milliseconds; what changed later is read again next time */
  constructor(root: string, since: number, kept: Readonly<Record<string, KeptListing>> = {}) {
    this.#root = root;
    this.#since = since;
    this.#kept = kept;
  }

  /** What is to be kept: the folders that were listed. */
  get next(): Readonly<Record<string, KeptListing>> {
    return this.#next;
  }

  /** @param dir relative to the root; nothing where it is no folder */
  list(dir: string): Listing {
    let listing = this.#listed.get(dir);
    if (listing === undefined) {
      listing = this.#look(dir);
      this.#listed.set(dir, listing);
    }
    return listing;
  }

  /** Whether the folder holds the names that it held when its listing was kept. */
  isAsKept(dir: string): boolean {
    this.list(dir);
    return this.#same.has(dir);
  }

  /** Whether a name relative to the root is there. */
  has(name: string): boolean {
    const slash = name.lastIndexOf('/');
    const { files, folders } = this.list(slash < 0 ? '.' : name.slice(0, slash));
    const entry = name.slice(slash + 1);
    return files.includes(entry) || folders.includes(entry);
  }

  #look(dir: string): Listing {
    const path = `${this.#root}/${dir}`;
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined || !stats.isDirectory()) {
      this.isWhole = false;
      return { files: [], folders: [] };
    }
    const { ctimeMs, ino } = stats;
    const kept = Object.hasOwn(this.#kept, dir) ? this.#kept[dir] : undefined;
    if (kept !== undefined && kept[0] === ctimeMs && kept[1] === ino) {
      this.#next[dir] = kept;
      this.#same.add(dir);
      return { files: kept[2], folders: kept[3] };
    }
    const entries = readdirSync(path, { withFileTypes: true });
    const files = entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name);
    const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    // A file that is saved by moving a new one into its place gives the folder a new time, and no new name.
    if (kept !== undefined && areEqual(files, kept[2]) && areEqual(folders, kept[3])) this.#same.add(dir);
    if (ctimeMs < this.#since) this.#next[dir] = [ctimeMs, ino, files, folders];
    else this.isWhole = false;
    this.changed = true;
    return { files, folders };
  }
}

/** In any order, which file systems change. */
function areEqual(names: readonly string[], others: readonly string[]): boolean {
  const known = new Set(others);
  return names.length === others.length && names.every((name) => known.has(name));
}
