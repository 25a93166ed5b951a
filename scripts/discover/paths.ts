import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { Failure } from '../core/failure.ts';
import { fileName } from '../core/file-name.ts';
import { type Finding, findingOf } from '../core/finding.ts';
import type { Resource } from '../core/resource.ts';
import type { Renderer } from '../kustomize/render.ts';
import { isKustomization, KUSTOMIZATION_FILES } from './kustomization-file.ts';
import { filesBelow, type ManifestDocument, readPlainFiles, readPlainSources } from './manifests.ts';
import { noResources } from './rules.ts';

export interface PathsOptions {
  readonly root: string;
  /** What PATH is relative to. */
  readonly cwd: string;
  readonly renderer: Renderer;
}

/** What the PATHs of a command line hold, as if one cluster held it all. */
export interface PathsContent {
  readonly resources: readonly Resource[];
  readonly documents: readonly ManifestDocument[];
  /** PATHs that hold nothing to check. */
  readonly empty: readonly Finding[];
}

type PathContent = Omit<PathsContent, 'empty'>;

/** @param paths a kustomization folder, a folder or file of plain manifests, or `-` for standard input */
export function readPaths(paths: readonly string[], options: PathsOptions): PathsContent {
  const parts = paths.map((path) => readPath(path, options));
  return {
    resources: parts.flatMap((part) => part.resources),
    documents: parts.flatMap((part) => part.documents),
    empty: paths.flatMap((path, index) => (isEmpty(parts[index]!) ? [emptiness(path, options)] : [])),
  };
}

/** Documents that give no object and no problem: comments, or nothing at all. */
function isEmpty({ resources, documents }: PathContent): boolean {
  return (
    resources.length === 0 &&
    documents.every(({ parsed }) => parsed.root === undefined && parsed.problems.length === 0)
  );
}

function emptiness(path: string, { root, cwd }: PathsOptions): Finding {
  const file = path === '-' ? path : fileName(root, resolve(cwd, path));
  return findingOf(noResources, {
    message: `${path === '-' ? 'Standard input' : `"${path}"`} holds no object, expected at least one`,
    origin: { file, line: 1, column: 1, endLine: 1, endColumn: 1 },
    clusters: [],
  });
}

function readPath(path: string, { root, cwd, renderer }: PathsOptions): PathContent {
  if (path === '-') return readPlainSources([{ file: '-', text: readFileSync(0, 'utf8') }]);
  const absolute = resolve(cwd, path);
  const stats = statSync(absolute, { throwIfNoEntry: false });
  if (stats === undefined) throw new Failure(`"${path}" does not exist, expected a folder or a manifest`);
  const isKustomizationFile = KUSTOMIZATION_FILES.some((name) => name === basename(absolute));
  const dir = stats.isDirectory() ? absolute : dirname(absolute);
  if (stats.isDirectory() ? isKustomization(dir) : isKustomizationFile) {
    return { resources: renderer.render(dir).resources, documents: [] };
  }
  if (!stats.isDirectory()) return readPlainFiles(root, [absolute]);
  const files = filesBelow(absolute, true);
  if (files.length === 0) {
    throw new Failure(
      `"${path}" holds no manifest, expected a kustomization or files ending in .yaml, .yml or .json`,
    );
  }
  return readPlainFiles(root, files);
}
