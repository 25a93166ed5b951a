import { type ContentPlace, type ContentWriter, readContent } from '../cache/content-store.ts';
import { entryOf } from '../core/entry.ts';
import { type FolderText, joinFolders, splitFolders } from './kept-text.ts';

/** Folders of a cluster that were written together. Where others were written since, not all of them count. */
export interface KeptPart {
  readonly content: ContentPlace;
  /** Which of them were as they are when the cluster was judged last, by their index. */
  readonly current: readonly number[];
  /** Which were so at the commit that updates are compared with, and were others by then. */
  readonly committed: readonly number[];
}

/** A folder that is to be kept, or was. */
export interface KeptText {
  readonly text: FolderText;
  readonly isCurrent: boolean;
  /** Undefined where it was not written yet. */
  readonly place: { readonly content: ContentPlace; readonly index: number } | undefined;
}

/** Beyond so many parts of one cluster, all that counts is written together again. */
const MOST_PARTS = 4;

/** @param dir absolute path of the folder of kept files */
export function readKeptPart(dir: string, { content, current, committed }: KeptPart): readonly KeptText[] {
  const texts = splitFolders(readContent(dir, content) ?? '');
  if (texts.length === 0) return [];
  const textAt = (index: number, isCurrent: boolean): KeptText => {
    return { text: texts[index]!, isCurrent, place: { content, index } };
  };
  return [...current.map((index) => textAt(index, true)), ...committed.map((index) => textAt(index, false))];
}

/**
 * Writes what was not written before, which is little of a cluster where one of its folders changed.
 *
 * @returns undefined where nothing was kept: nothing to keep, or nowhere to write
 */
export function writeKeptParts(
  writer: ContentWriter,
  texts: readonly KeptText[],
): readonly KeptPart[] | undefined {
  const old = new Set(texts.flatMap(({ place }) => place?.content ?? []));
  const isNew = ({ place }: KeptText) => place === undefined || old.size >= MOST_PARTS;
  const added = texts.filter(isNew);
  const written = added.length === 0 ? undefined : writer.write(joinFolders(added.map(({ text }) => text)));
  if (texts.length === 0 || (added.length > 0 && written === undefined)) return undefined;
  const parts = new Map<ContentPlace, { current: number[]; committed: number[] }>();
  let next = 0;
  for (const kept of texts) {
    const { content, index } = isNew(kept) ? { content: written!, index: next++ } : kept.place!;
    const { current, committed } = entryOf(parts, content, () => ({ current: [], committed: [] }));
    (kept.isCurrent ? current : committed).push(index);
  }
  return Array.from(parts, ([content, indexes]) => ({ content, ...indexes }));
}
