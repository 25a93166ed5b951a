import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { Failure } from '../core/failure.ts';
import { fileName } from '../core/file-name.ts';
import { type Finding, findingOf } from '../core/finding.ts';
import type { Resource } from '../core/resource.ts';
import type { Renderer } from '../kustomize/render.ts';
import { readFolder } from './folder.ts';
import { isKustomization, KUSTOMIZATION_FILES } from './kustomization-file.ts';
import { type ManifestDocument, readPlainFiles, readPlainSources } from './manifests.ts';
import { noResources } from './rules.ts';

export interface PathsOptions {
  readonly root: string;
  /** What PATH is relative to. */
  readonly cwd: string;
  readonly renderer: Renderer;
}

/** What may stand in one cluster together. */
export interface PathsPart {
  readonly resources: readonly Resource[];
  readonly documents: readonly ManifestDocument[];
}

export interface PathsContent {
  /** First what the PATHs name themselves, then each kustomization that stands below a folder of plain manifests. */
  readonly parts: readonly PathsPart[];
  readonly findings: readonly Finding[];
  readonly notChecked: readonly string[];
}

/** What one PATH holds. */
interface Held extends PathsPart {
  readonly roots?: readonly (readonly Resource[])[];
  readonly findings?: readonly Finding[];
  readonly notChecked?: readonly string[];
}

/** @param paths a kustomization folder, a folder or file of plain manifests, or `-` for standard input */
export function readPaths(paths: readonly string[], options: PathsOptions): PathsContent {
  const held = paths.map((path) => readPath(path, options));
  const named = {
    resources: held.flatMap(({ resources }) => resources),
    documents: held.flatMap(({ documents }) => documents),
  };
  const roots = held.flatMap((each) => each.roots ?? []);
  return {
    parts: [named, ...roots.map((resources) => ({ resources, documents: [] }))],
    findings: held.flatMap((each, index) => [
      ...(each.findings ?? []),
      ...(isEmpty(each) ? [emptiness(paths[index]!, options)] : []),
    ]),
    notChecked: held.flatMap(({ notChecked }) => notChecked ?? []),
  };
}

/** Documents that give no object and no problem: comments, or nothing at all. */
function isEmpty({ resources, documents, roots = [], findings = [] }: Held): boolean {
  return (
    resources.length + roots.length + findings.length === 0 &&
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

function readPath(path: string, { root, cwd, renderer }: PathsOptions): Held {
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
  const folder = readFolder(root, absolute, renderer);
  const { resources, documents, roots, findings, notChecked } = folder;
  if ([resources, documents, roots, findings, notChecked].every((each) => each.length === 0)) {
    throw new Failure(
      `"${path}" holds no manifest, expected a kustomization or files ending in .yaml, .yml or .json`,
    );
  }
  return folder;
}
