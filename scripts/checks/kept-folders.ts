import { join } from 'node:path';
import { readContent, writeContent } from '../cache/content-store.ts';
import { Failure } from '../core/failure.ts';
import { valueOfJson } from '../core/json-value.ts';
import type { Origin } from '../core/origin.ts';
import type { Path } from '../core/path.ts';
import { type Resource, type ResourceId, resourceIdOf } from '../core/resource.ts';
import { isMapping, type Mapping } from '../core/value.ts';
import type { KnownFolder, Synced } from '../discover/fleet.ts';
import type { Renderer } from '../kustomize/render.ts';
import { dependsOnAny } from './depends.ts';

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
  /** Its line in the file. */
  readonly text: string;
}

/** One line of the file. */
interface Line {
  readonly dir: string;
  readonly asked: readonly string[];
  readonly entries: KnownFolder['entries'];
  readonly manifests: readonly Mapping[];
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
  for (const text of readContent(dir, kept)?.split('\n') ?? []) {
    const line: Line = JSON.parse(text);
    if (dependsOnAny(line.asked, names)) continue;
    const render = once(() => renderer.render(join(root, line.dir)).resources);
    const resources = line.manifests.map((manifest, index): Resource => {
      return new KeptResource(manifest, () => {
        const resource = render()[index];
        if (resource !== undefined) return resource;
        throw new Failure(`"${line.dir}" changed while it was judged: run it again once the files rest`);
      });
    });
    folders.set(line.dir, { resources, asked: line.asked, entries: line.entries, text });
  }
  return folders;
}

/** @returns what `EarlierFolders.kept` will be; undefined where nothing was kept */
export function writeKeptFolders(
  dir: string,
  synced: readonly Synced[],
  known: KeptFolders | undefined,
): string | undefined {
  const lines = synced.flatMap((folder) => known?.get(folder.dir)?.text ?? textOf(folder) ?? []);
  return lines.length === 0 ? undefined : writeContent(dir, lines.join('\n'));
}

/** Undefined for plain files, which are read as they are written, and where a number is too large for JSON. */
function textOf({ dir, asked, entries, resources, documents }: Synced): string | undefined {
  if (documents.length > 0) return undefined;
  const line: Line = { dir, asked, entries, manifests: resources.map(({ manifest }) => manifest) };
  try {
    return JSON.stringify(line);
  } catch {
    return undefined;
  }
}

/** An object as it was rendered before; its folder is built anew only where a place is asked for. */
class KeptResource implements Resource {
  readonly id: ResourceId;
  readonly manifest: Mapping;
  readonly #rendered: () => Resource;

  constructor(json: Mapping, rendered: () => Resource) {
    const manifest = valueOfJson(json);
    this.manifest = isMapping(manifest) ? manifest : {};
    this.id = resourceIdOf(this.manifest);
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
