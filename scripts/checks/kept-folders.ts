import { join } from 'node:path';
import type { ContentWriter } from '../cache/content-store.ts';
import { Failure } from '../core/failure.ts';
import { once } from '../core/once.ts';
import type { Origin } from '../core/origin.ts';
import type { Path } from '../core/path.ts';
import { type Resource, type ResourceId, resourceIdOf } from '../core/resource.ts';
import type { Mapping } from '../core/value.ts';
import type { KnownFolder, Synced } from '../discover/fleet.ts';
import type { Renderer } from '../kustomize/render.ts';
import { dependsOnAny } from './depends.ts';
import { type KeptPart, type KeptText, readKeptPart, writeKeptParts } from './kept-parts.ts';
import {
  type AboutFolder,
  type FolderText,
  folderText,
  keptObject,
  manifestOf,
  readAbout,
} from './kept-text.ts';
import type { FoundViolation } from './policies.ts';
import { place } from './to-findings.ts';

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

export interface ReadFolders {
  /** Those that need not be built and judged by themselves again. */
  readonly known: KeptFolders;
  /** Those as they were at the commit that updates are compared with. */
  readonly before: KeptFolders;
}

interface KeptFolder extends KnownFolder {
  readonly kept: KeptText;
  /** What is wrong with its objects by themselves. */
  readonly found: readonly FoundViolation[];
}

interface Source {
  /** Absolute path of the repository. */
  readonly root: string;
  /** Tells the places in what was kept, where they are asked for. */
  readonly renderer: Renderer;
}

/**
 * The folders of a cluster that are still what they were, and those that tell what a commit held.
 *
 * @param dir absolute path of the folder of kept files
 */
export function readKeptFolders(
  dir: string,
  { parts, changed, unlikeCommit }: EarlierFolders,
  source: Source,
): ReadFolders {
  const [later, other] = [new Set(changed), new Set(unlikeCommit)];
  const known = new Map<string, KeptFolder>();
  const before = new Map<string, KeptFolder>();
  for (const kept of parts.flatMap((part) => readKeptPart(dir, part))) {
    const about = readAbout(kept.text);
    const isKnown = kept.isCurrent && !dependsOnAny(about.asked, later);
    const isBefore = !kept.isCurrent || (unlikeCommit !== undefined && !dependsOnAny(about.asked, other));
    if (!isKnown && !isBefore) continue;
    const folder = readFolder(about, kept, source);
    if (isKnown) known.set(about.dir, folder);
    if (isBefore) before.set(about.dir, folder);
  }
  return { known, before };
}

function readFolder(about: AboutFolder, kept: KeptText, { root, renderer }: Source): KeptFolder {
  const render = once(() => renderer.render(join(root, about.dir)).resources);
  const lines = kept.text.fields.split('\n');
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
  return { resources, asked: about.asked, entries: about.entries, kept, found };
}

/**
 * @param alone what is wrong with objects by themselves
 * @returns undefined where nothing was kept: nothing to keep, or nowhere to write
 */
export function writeKeptFolders(
  writer: ContentWriter,
  synced: readonly Synced[],
  { known, before }: Partial<ReadFolders>,
  alone: readonly FoundViolation[],
): readonly KeptPart[] | undefined {
  const found = new Map<Resource, FoundViolation[]>();
  for (const each of alone) found.set(each.resource, [...(found.get(each.resource) ?? []), each]);
  const texts: KeptText[] = [];
  for (const folder of synced) {
    const same = known?.get(folder.dir)?.kept;
    const old = same === undefined ? before?.get(folder.dir)?.kept : undefined;
    if (old !== undefined) texts.push({ ...old, isCurrent: false });
    const text = same?.text ?? textOf(folder, found);
    if (text !== undefined) texts.push({ text, isCurrent: true, place: same?.place });
  }
  return writeKeptParts(writer, texts);
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
