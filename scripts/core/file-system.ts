/** Where desired state is read from: the disk, or a commit. Paths are absolute. */
export interface FileSystem {
  /** What stands at a path; undefined where nothing does, or nobody may look. */
  kindAt(path: string): 'file' | 'directory' | 'other' | undefined;
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

export interface FolderEntry {
  readonly name: string;
  isFile(): boolean;
  isDirectory(): boolean;
}
