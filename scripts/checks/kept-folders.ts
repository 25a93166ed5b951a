import { join } from 'node:path';
import { readContent, writeContent } from '../cache/content-store.ts';
import { Failure } from '../core/failure.ts';
import type { Origin } from '../core/origin.ts';
import type { Path } from '../core/path.ts';
import { type Resource, type ResourceId, resourceIdOf } from '../core/resource.ts';
import type { Mapping } from '../core/value.ts';
import type { KnownFolder, Synced } from '../discover/fleet.ts';
import type { Renderer } from '../kustomize/render.ts';
import { dependsOnAny } from './depends.ts';
import { type FolderText, joinFolders, linesOf, manifestOf, splitFolders } from './kept-text.ts';

/** What a cluster's folders came to when it was judged last: for those that nothing was wrong with. */
export interface EarlierFolders {
  /** The digest of what was kept. */
  readonly kept: string;
  /** The names that changed since, among all that the cluster depends on. */
  readonly changed: readonly string[];
}

/** By the folder's name. */
export type KeptFolders = ReadonlyMap<string, KeptFolder>;

interface KeptFolder extends KnownFolder {
  /** As it stands in the file. */
  readonly text: FolderText;
}

/**
 * The folders of a cluster that need not be built and judged by themselves again.
 *
 * @param dir absolute path of the folder of kept files
 * @param root absolute path of the repository, whose renderer tells the places where they are asked for
 */
export function readKeptFolders(
  dir: string,
  { kept, changed }: EarlierFolders,
  { root, renderer }: { readonly root: string; readonly renderer: Renderer },
): KeptFolders {
  const names = new Set(changed);
  const folders = new Map<string, KeptFolder>();
  for (const text of splitFolders(readContent(dir, kept) ?? '[]')) {
    const { about, lines } = text;
    if (dependsOnAny(about.asked, names)) continue;
    const render = once(() => renderer.render(join(root, about.dir)).resources);
    let start = 0;
    const resources = about.objects.map((fields, index): Resource => {
      const manifest = manifestOf(fields, lines, start);
      start += fields.length;
      return new KeptResource(manifest, () => {
        const resource = render()[index];
        if (resource !== undefined) return resource;
        throw new Failure(`"${about.dir}" changed while it was judged: run it again once the files rest`);
      });
    });
    folders.set(about.dir, { resources, asked: about.asked, entries: about.entries, text });
  }
  return folders;
}

/** @returns what `EarlierFolders.kept` will be; undefined where nothing was kept */
export function writeKeptFolders(
  dir: string,
  synced: readonly Synced[],
  known: KeptFolders | undefined,
): string | undefined {
  const folders = synced.flatMap((folder) => known?.get(folder.dir)?.text ?? textOf(folder) ?? []);
  return folders.length === 0 ? undefined : writeContent(dir, joinFolders(folders));
}

/** Undefined for plain files, which are read as they are written, and where a number is too large for JSON. */
function textOf({ dir, asked, entries, resources, documents }: Synced): FolderText | undefined {
  if (documents.length > 0) return undefined;
  const manifests = resources.map(({ manifest }) => manifest);
  try {
    const objects = manifests.map((manifest) => Object.keys(manifest));
    return { about: { dir, asked, entries, objects }, lines: manifests.flatMap(linesOf) };
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

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
