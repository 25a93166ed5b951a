/**
 * A place in a file of this repository. Lines and columns are 1-based and count UTF-16 units, the end is
 * exclusive; `file` is relative to the repository's root and '/' separated (standard input is `-`).
 */
export interface Origin {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}
