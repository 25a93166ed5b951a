import { join } from 'node:path';
import { ContentWriter, readShared } from '../cache/content-store.ts';
import { push } from '../core/entry.ts';
import { Failure } from '../core/failure.ts';
import { once } from '../core/once.ts';
import { PlacedResource } from '../core/placed-resource.ts';
import type { Resource } from '../core/resource.ts';
import type { KnownFolder, Synced } from '../discover/fleet.ts';
import type { Renderer } from '../kustomize/render.ts';
import { dependsOnAny } from './depends.ts';
import { type KeptPart, type KeptPlace, readKeptPart, type ToKeep, writeKeptParts } from './kept-parts.ts';
import { FolderTexts, objectReader, type WrittenFolder } from './kept-text.ts';
import type { FoundViolation } from './policies.ts';
import { place as placeOf } from './to-findings.ts';

/** What a cluster's folders came to when it was judged last. */
export interface EarlierFolders {
  readonly parts: readonly KeptPart[];
  /** The names that changed since, among all that the cluster depends on. */
  readonly changed: readonly string[];
  /** Those that were other than at the commit that updates are compared with; undefined where there is none. */
  readonly unlikeCommit: readonly string[] | undefined;
}

/** By the folder's name. */
export type KeptFolders = ReadonlyMap<string, KeptFolder>;

interface ReadFolders {
  /** Those that need not be built and judged by themselves again. */
  readonly known: KeptFolders;
  /** Those as they were at the commit that updates are compared with. */
  readonly before: KeptFolders;
}

interface KeptFolder extends KnownFolder {
  readonly place: KeptPlace;
  /** What is wrong with its objects by themselves. */
  readonly found: readonly FoundViolation[];
}

type ObjectReader = ReturnType<typeof objectReader>;
type Folder = Pick<Synced, 'dir' | 'asked' | 'entries' | 'resources' | 'documents'>;

/** Keeps the folders of clusters in files of its own, and reads what was kept before. */
export class FolderKeeper {
  readonly #dir: string;
  readonly #renderer: Renderer;
  readonly #root: string;
  readonly #writer: ContentWriter;
  readonly #texts = new FolderTexts();
  /** By file. */
  readonly #readers = new Map<string, ObjectReader | undefined>();

  /**
   * @param dir absolute path of the folder of kept files
   * @param root absolute path of the repository, whose renderer tells the places of what was kept
   */
  constructor(dir: string, root: string, renderer: Renderer) {
    this.#dir = dir;
    this.#root = root;
    this.#renderer = renderer;
    this.#writer = new ContentWriter(dir);
  }

  /** The folders of a cluster that are still what they were, and those that tell what a commit held. */
  read({ parts, changed, unlikeCommit }: EarlierFolders): ReadFolders {
    const [later, other] = [new Set(changed), new Set(unlikeCommit)];
    const known = new Map<string, KeptFolder>();
    const before = new Map<string, KeptFolder>();
    for (const part of parts) {
      const readObject = this.#readerOf(part.content.file);
      if (readObject === undefined) continue;
      for (const { line, place, isCurrent } of readKeptPart(this.#dir, part)) {
        const written: WrittenFolder = JSON.parse(line);
        const isKnown = isCurrent && !dependsOnAny(written.asked, later);
        const isBefore = !isCurrent || (unlikeCommit !== undefined && !dependsOnAny(written.asked, other));
        if (!isKnown && !isBefore) continue;
        const folder = this.#read(written, readObject, place);
        if (isKnown) known.set(written.dir, folder);
        if (isBefore) before.set(written.dir, folder);
      }
    }
    return { known, before };
  }

  /**
   * @param alone what is wrong with objects by themselves
   * @returns undefined where nothing was kept: nothing to keep, or nowhere to write
   */
  write(
    synced: readonly Synced[],
    { known, before }: Partial<ReadFolders>,
    alone: readonly FoundViolation[],
  ): readonly KeptPart[] | undefined {
    const found = byResource(alone);
    const folders: ToKeep[] = [];
    // One that several Applications sync is built once.
    for (const [dir, folder] of new Map(synced.map((each) => [each.dir, each]))) {
      const same = known?.get(dir);
      const old = before?.get(dir);
      if (old !== undefined && old !== same) {
        const line = () => this.#lineOf({ dir, documents: [], ...old }, byResource(old.found));
        folders.push({ line, place: old.place, isCurrent: false });
      }
      const line = () => this.#lineOf(folder, found);
      folders.push({ line, place: same?.place, isCurrent: true });
    }
    return writeKeptParts(this.#writer, folders);
  }

  /** Writes what folders have in common, without which none is read again. */
  finish(): void {
    this.#writer.share(this.#texts.shared.join('\n'));
  }

  #readerOf(file: string): ObjectReader | undefined {
    if (!this.#readers.has(file)) {
      const text = readShared(this.#dir, file);
      this.#readers.set(file, text === undefined ? undefined : objectReader(text.split('\n')));
    }
    return this.#readers.get(file);
  }

  #read(
    { dir, asked, entries, objects, found }: WrittenFolder,
    readObject: ObjectReader,
    place: KeptPlace,
  ): KeptFolder {
    const render = once(() => this.#renderer.render(join(this.#root, dir)).resources);
    const resources = objects.map((object, index): Resource => {
      // Its folder is built anew only where a place is asked for.
      return new PlacedResource(readObject(object), () => {
        const resource = render()[index];
        if (resource !== undefined) return resource;
        throw new Failure(`"${dir}" changed while it was judged: run it again once the files rest`);
      });
    });
    return {
      resources,
      asked,
      entries,
      place,
      found: found.map(({ object, ...rest }) => ({ resource: resources[object]!, ...rest })),
    };
  }

  /** Undefined for plain files, which are read as they are written, and where a number is too large for JSON. */
  #lineOf(folder: Folder, alone: ReadonlyMap<Resource, readonly FoundViolation[]>): string | undefined {
    const { dir, asked, entries, resources, documents } = folder;
    if (documents.length > 0) return undefined;
    const found = resources.flatMap((resource, object) =>
      (alone.get(resource) ?? []).map(({ violation, placed }) => {
        return { object, violation, placed: placed ?? placeOf(resource, violation) };
      }),
    );
    try {
      return this.#texts.write({ dir, asked, entries, found }, resources);
    } catch {
      return undefined;
    }
  }
}

function byResource(found: readonly FoundViolation[]): ReadonlyMap<Resource, readonly FoundViolation[]> {
  const lists = new Map<Resource, FoundViolation[]>();
  for (const each of found) push(lists, each.resource, each);
  return lists;
}
