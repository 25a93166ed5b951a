import { resolve } from 'node:path';
import { DISK } from '../core/disk.ts';
import { Failure } from '../core/failure.ts';
import type { FileSystem } from '../core/file-system.ts';
import { memoised } from '../core/memoised.ts';
import type { Resource } from '../core/resource.ts';
import { isMapping } from '../core/value.ts';
import { work } from '../core/work.ts';
import { memoOf } from '../yaml/memo.ts';
import type { MappingNode, Place } from '../yaml/node.ts';
import { renderedValueOf } from '../yaml/rendered-value.ts';
import { toResource } from '../yaml/resource.ts';
import { accumulateRoot, type Bases, type Effect } from './accumulate.ts';
import { type Observer, openFiles } from './files.ts';
import { type Finished, finish } from './finish.ts';
import { loadKustomization } from './kustomization.ts';
import { openLoader, type Restrictor } from './loader.ts';
import { builtInOpenApi, type OpenApi } from './open-api.ts';

export interface RendererOptions {
  /** Absolute path of the repository: origins are relative to it. */
  readonly root: string;
  /** Files must lie in or below the folder of their kustomization, unless this says otherwise. */
  readonly restrictor?: Restrictor;
  /** Told of what is read. */
  readonly observer?: Observer | undefined;
  /** Where files are read from; the disk unless given. */
  readonly fileSystem?: FileSystem;
}

export interface RenderResult {
  /** In the order of the output. */
  readonly resources: readonly Resource[];
  /** What Kustomize says on standard error: deprecated fields, variables without use. */
  readonly warnings: readonly string[];
  /** Which `patches` and `images` entries on the way changed something, and which nothing. */
  readonly effects: readonly Effect[];
  /** What the result depends on, named from the root: files, folders, and names that nothing has. */
  readonly asked: readonly string[];
}

/** Renders kustomizations of one repository; every file and base is read once for all of them. */
export interface Renderer {
  /** What it reads from. */
  readonly fileSystem: FileSystem;
  /**
   * What `kustomize build` makes of a folder; throws a Failure with the place that is to be mended.
   *
   * @param dir absolute, or relative to the working directory
   */
  render(dir: string): RenderResult;
  /** Whether anything is there, by what was read of the folder above where that was read. */
  exists(path: string): boolean;
  /** Whether it is a folder, in the same way. */
  isFolder(path: string): boolean;
}

const DEFAULT_RESTRICTOR: Restrictor = 'LoadRestrictionsRootOnly';

export function createRenderer(options: RendererOptions): Renderer {
  const { root, restrictor = DEFAULT_RESTRICTOR, observer, fileSystem = DISK } = options;
  const files = openFiles(root, fileSystem, observer);
  const shared: { readonly bases: Bases; readonly keys: Map<OpenApi | undefined, number> } = {
    bases: new Map(),
    keys: new Map(),
  };
  return {
    fileSystem,
    exists: (path) => files.real(path) !== undefined,
    isFolder(path) {
      const real = files.real(path);
      return real !== undefined && files.isDirectory(real);
    },
    render(dir) {
      const path = files.real(resolve(dir));
      if (path === undefined)
        throw new Failure(`"${dir}" does not exist, expected the folder of a kustomization`);
      if (!files.isDirectory(path))
        throw new Failure(`"${dir}" is a file, expected the folder of a kustomization`);
      const asked = new Set<string>();
      return files.noting(asked, () => {
        const loader = openLoader(files, path, restrictor);
        const loaded = loadKustomization(loader);
        const { accumulation, warnings, effects } = accumulateRoot(loader, loaded, builtInOpenApi, shared);
        const { finished, warnings: late } = finish(accumulation, loaded.kustomization);
        files.forget(path);
        return {
          resources: finished.map(resourceOf),
          warnings: [...warnings, ...late],
          effects,
          asked: Array.from(asked, files.name),
        };
      });
    },
  };
}

/** The same resource for the same content, so that what two overlays share is one object. */
function resourceOf({ root, sparedBy }: Finished): Resource {
  if (sparedBy.length > 0) return sparedResource(sparedBy)(root);
  const memo = memoOf(root);
  memo.resource ??= makeResource(root, sparedBy);
  return memo.resource;
}

const sparedResource = memoised((sparedBy: readonly Place[]) =>
  memoised((root: MappingNode) => makeResource(root, sparedBy)),
);

function makeResource(root: MappingNode, sparedBy: readonly Place[]): Resource {
  work.objectsRendered++;
  const manifest = renderedValueOf(root);
  return toResource(root, isMapping(manifest) ? manifest : {}, sparedBy);
}
