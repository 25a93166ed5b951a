import { join } from 'node:path';
import { readContent, writeContent } from '../cache/content-store.ts';
import { Failure } from '../core/failure.ts';
import { once } from '../core/once.ts';
import type { Origin } from '../core/origin.ts';
import type { Path } from '../core/path.ts';
import { type Resource, type ResourceId, resourceIdOf } from '../core/resource.ts';
import type { Mapping } from '../core/value.ts';
import type { KnownFolder, Synced } from '../discover/fleet.ts';
import type { Renderer } from '../kustomize/render.ts';
import { dependsOnAny } from './depends.ts';
import {
  type FolderText,
  folderText,
  joinFolders,
  keptObject,
  manifestOf,
  ofCommit,
  splitFolders,
} from './kept-text.ts';
import type { FoundViolation } from './policies.ts';
import { place } from './to-findings.ts';

/** What was kept of a cluster's folders. */
export interface KeptOfCluster {
  /** Of the text. */
  readonly digest: string;
  /** Their places in the `asked` of the report. */
  readonly folders: readonly number[];
  /** Of those that are kept as they were at the commit, too. */
  readonly ofCommit: readonly number[];
}

/** What a cluster's folders came to when it was judged last. */
export interface EarlierFolders {
  readonly digest: string;
  /** The names that changed since, among all that the cluster depends on. */
  readonly changed: readonly string[];
  /** Those that were other than at the commit that updates are compared with; undefined where there is none. */
  readonly unlikeCommit: readonly string[] | undefined;
}

/** By the folder's name. */
export type KeptFolders = ReadonlyMap<string, KeptFolder>;

export interface ReadFolders {
  /** Those that need not be built and judged by themselves again. */
  readonly known: KeptFolders;
  /** Those as they were at the commit that updates are compared with. */
  readonly before: KeptFolders;
}

interface KeptFolder extends KnownFolder {
  /** As it stands in the file. */
  readonly text: FolderText;
  /** What is wrong with its objects by themselves. */
  readonly found: readonly FoundViolation[];
}

/**
 * The folders of a cluster that are still what they were, and those that tell what a commit held.
 *
 * @param dir absolute path of the folder of kept files
 * @param root absolute path of the repository, whose renderer tells the places where they are asked for
 */
export function readKeptFolders(
  dir: string,
  { digest, changed, unlikeCommit }: EarlierFolders,
  { root, renderer }: { readonly root: string; readonly renderer: Renderer },
): ReadFolders {
  const [later, other] = [new Set(changed), new Set(unlikeCommit)];
  const known = new Map<string, KeptFolder>();
  const before = new Map<string, KeptFolder>();
  for (const text of splitFolders(readContent(dir, digest) ?? '')) {
    const { about, fields } = text;
    const isOfCommit = about.ofCommit === true;
    const isKnown = !isOfCommit && !dependsOnAny(about.asked, later);
    const isBefore = isOfCommit || (unlikeCommit !== undefined && !dependsOnAny(about.asked, other));
    if (!isKnown && !isBefore) continue;
    const render = once(() => renderer.render(join(root, about.dir)).resources);
    const lines = fields.split('\n');
    let at = 0;
    const nextLine = () => lines[at++]!;
    const resources = about.objects.map((object, index): Resource => {
      const manifest = manifestOf(object, nextLine);
      return new KeptResource(manifest, () => {
        const resource = render()[index];
        if (resource !== undefined) return resource;
        throw new Failure(`"${about.dir}" changed while it was judged: run it again once the files rest`);
      });
    });
    const found = about.found.map(({ object, ...rest }) => ({ resource: resources[object]!, ...rest }));
    const folder = { resources, asked: about.asked, entries: about.entries, text, found };
    if (isKnown) known.set(about.dir, folder);
    if (isBefore) before.set(about.dir, folder);
  }
  return { known, before };
}

/**
 * @param alone what is wrong with objects by themselves
 * @returns undefined where nothing was kept: nothing to keep, or nowhere to write
 */
export function writeKeptFolders(
  dir: string,
  synced: readonly Synced[],
  { known, before }: Partial<ReadFolders>,
  alone: readonly FoundViolation[],
): KeptOfCluster | undefined {
  const found = new Map<Resource, FoundViolation[]>();
  for (const each of alone) found.set(each.resource, [...(found.get(each.resource) ?? []), each]);
  const folders: number[] = [];
  const asCommitted: number[] = [];
  const texts: FolderText[] = [];
  for (const [index, folder] of synced.entries()) {
    const old = known?.has(folder.dir) ? undefined : before?.get(folder.dir)?.text;
    if (old !== undefined) {
      asCommitted.push(index + 1);
      texts.push(ofCommit(old));
    }
    const text = known?.get(folder.dir)?.text ?? textOf(folder, found);
    if (text === undefined) continue;
    folders.push(index + 1);
    texts.push(text);
  }
  const digest = texts.length === 0 ? undefined : writeContent(dir, joinFolders(texts));
  return digest === undefined ? undefined : { digest, folders, ofCommit: asCommitted };
}

/** Undefined for plain files, which are read as they are written, and where a number is too large for JSON. */
function textOf(
  { dir, asked, entries, resources, documents }: Synced,
  alone: ReadonlyMap<Resource, readonly FoundViolation[]>,
): FolderText | undefined {
  if (documents.length > 0) return undefined;
  const found = resources.flatMap((resource, object) =>
    (alone.get(resource) ?? []).map(({ violation }) => ({
      object,
      violation,
      placed: place(resource, violation),
    })),
  );
  try {
    const objects = resources.map(({ manifest }) => keptObject(manifest));
    return folderText({ dir, asked, entries, objects, found }, resources);
  } catch {
    return undefined;
  }
}

/** An object as it was rendered before; its folder is built anew only where a place is asked for. */
class KeptResource implements Resource {
  readonly id: ResourceId;
  readonly manifest: Mapping;
  readonly #rendered: () => Resource;

  constructor(manifest: Mapping, rendered: () => Resource) {
    this.manifest = manifest;
    this.id = resourceIdOf(manifest);
    this.#rendered = rendered;
  }

  originsOf(path: Path): readonly Origin[] {
    return this.#rendered().originsOf(path);
  }

  keyOriginOf(path: Path): Origin {
    return this.#rendered().keyOriginOf(path);
  }
}
