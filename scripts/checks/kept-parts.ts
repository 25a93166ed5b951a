import { type ContentPlace, type ContentWriter, readContent } from '../cache/content-store.ts';
import { entryOf } from '../core/entry.ts';

/** Folders of a cluster that were written together. Where others were written since, not all of them count. */
export interface KeptPart {
  readonly content: ContentPlace;
  /** Which of them were as they are when the cluster was judged last, by their index. */
  readonly current: readonly number[];
  /** Which were so at the commit that updates are compared with, and were others by then. */
  readonly committed: readonly number[];
}

/** Where a folder stands, and what it tells. */
export interface KeptPlace {
  readonly content: ContentPlace;
  readonly index: number;
}

/** A folder as it was written, in one line. */
interface KeptLine {
  readonly line: string;
  readonly place: KeptPlace;
  readonly isCurrent: boolean;
}

/** A folder that is to be kept. */
export interface ToKeep {
  /** Undefined where it cannot be written. */
  readonly line: () => string | undefined;
  readonly isCurrent: boolean;
  /** Undefined where it was not written before. */
  readonly place: KeptPlace | undefined;
}

/** Beyond so many parts of one cluster, all that counts is written together again. */
const MOST_PARTS = 4;

/** @param dir absolute path of the folder of kept files */
export function readKeptPart(dir: string, { content, current, committed }: KeptPart): readonly KeptLine[] {
  const lines = readContent(dir, content)?.split('\n');
  if (lines === undefined) return [];
  const lineAt = (index: number, isCurrent: boolean): KeptLine => {
    return { line: lines[index]!, place: { content, index }, isCurrent };
  };
  return [...current.map((index) => lineAt(index, true)), ...committed.map((index) => lineAt(index, false))];
}

/**
 * Writes what was not written before, which is little of a cluster where one of its folders changed.
 *
 * @returns undefined where nothing was kept: nothing to keep, or nowhere to write
 */
export function writeKeptParts(
  writer: ContentWriter,
  folders: readonly ToKeep[],
): readonly KeptPart[] | undefined {
  const old = new Set(folders.flatMap(({ place }) => place?.content ?? []));
  const isTooMany = old.size >= MOST_PARTS;
  const lines: string[] = [];
  const places: (readonly [KeptPlace | number, boolean])[] = [];
  for (const { line, isCurrent, place } of folders) {
    if (place !== undefined && !isTooMany) places.push([place, isCurrent]);
    else {
      const text = line();
      if (text !== undefined) places.push([lines.push(text) - 1, isCurrent]);
    }
  }
  const written = lines.length === 0 ? undefined : writer.write(lines.join('\n'));
  if (places.length === 0 || (lines.length > 0 && written === undefined)) return undefined;
  const parts = new Map<ContentPlace, { current: number[]; committed: number[] }>();
  for (const [place, isCurrent] of places) {
    const { content, index } = typeof place === 'number' ? { content: written!, index: place } : place;
    const { current, committed } = entryOf(parts, content, () => ({ current: [], committed: [] }));
    (isCurrent ? current : committed).push(index);
  }
  return Array.from(parts, ([content, indexes]) => ({ content, ...indexes }));
}
