/** Where desired state is read from: the disk, or a commit. Paths are absolute. */
export interface FileSystem {
  /** What stands at a path; undefined where nothing does, or nobody may look. */
  kindAt(path: string): Kind | undefined;
  /** What stands there that is neither a file nor a folder, in words; to read a pipe could wait for ever. */
  strangeAt(path: string): string | undefined;
  /** The path without symbolic links; undefined where nothing is there. */
  real(path: string): string | undefined;
  /** What a folder holds, without following links. Throws where it is none. */
  list(path: string): readonly FolderEntry[];
  /** The text of a file, with U+FFFD for what is no UTF-8. Throws where it cannot be read. */
  readText(path: string): string;
  /** Throws where it cannot be read. */
  readBytes(path: string): Buffer;
}

export type Kind = 'file' | 'directory' | 'other';

/** What a folder holds, by name. */
export type FolderListing = ReadonlyMap<string, Kind>;

export interface FolderEntry {
  readonly name: string;
  isFile(): boolean;
  isDirectory(): boolean;
}

export function listingOf(entries: readonly FolderEntry[]): FolderListing {
  return new Map(entries.map((entry) => [entry.name, kindOf(entry)]));
}

function kindOf(entry: FolderEntry): Kind {
  return entry.isFile() ? 'file' : entry.isDirectory() ? 'directory' : 'other';
}
