import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../core/failure.ts';
import { fileName } from '../core/file-name.ts';
import { type Finding, findingOf } from '../core/finding.ts';
import type { Resource } from '../core/resource.ts';
import type { Renderer } from '../kustomize/render.ts';
import { fieldOf } from '../yaml/node.ts';
import { isKustomization, KUSTOMIZATION_FILES } from './kustomization-file.ts';
import { filesBelow, type ManifestDocument, readPlainFiles } from './manifests.ts';
import { doesNotBuild } from './rules.ts';

export interface FolderContent {
  readonly documents: readonly ManifestDocument[];
  /** Of the plain manifests. */
  readonly resources: readonly Resource[];
  /** Of each kustomization that no other one below the folder takes in: each may be a cluster of its own. */
  readonly roots: readonly (readonly Resource[])[];
  readonly findings: readonly Finding[];
  /** What stands in the folder and is not looked at, in words. */
  readonly notChecked: readonly string[];
}

/**
 * A folder of plain manifests, as somebody keeps them: kustomizations are built, since their patches are no objects
 * by themselves; Helm charts are left alone, since their templates are no YAML; and so is YAML that holds no object.
 */
export function readFolder(root: string, dir: string, renderer: Renderer): FolderContent {
  const { plain, kustomizations, charts } = sort(dir);
  const built = kustomizations.map((folder) => build(root, folder, renderer));
  const asked = new Map<string, number>();
  for (const { names } of built) for (const name of names) asked.set(name, (asked.get(name) ?? 0) + 1);
  const { documents } = readPlainFiles(
    root,
    plain.filter((file) => !asked.has(fileName(root, file))),
  );
  const strange = new Set(documents.map(({ source }) => source.file));
  for (const document of documents) if (mayBeObject(document)) strange.delete(document.source.file);
  const kept = documents.filter(({ source }) => !strange.has(source.file));
  return {
    documents: kept,
    resources: kept.flatMap(({ objects }) => objects.map(({ resource }) => resource)),
    roots: built
      .filter(({ file }) => (asked.get(file) ?? 0) < 2)
      .flatMap(({ resources }) => (resources === undefined ? [] : [resources])),
    // A base that others take in need not build by itself.
    findings: built.flatMap(({ file, finding }) =>
      finding === undefined || (asked.get(file) ?? 0) > 1 ? [] : [finding],
    ),
    notChecked: [
      ...charts.map((chart) => `what the Helm chart "${fileName(root, chart)}" renders`),
      ...built.flatMap(({ remote }) => (remote === undefined ? [] : [remote])),
      ...(strange.size === 0 ? [] : [`files that hold no object: ${listed([...strange])}`]),
    ],
  };
}

interface Sorted {
  readonly plain: readonly string[];
  readonly kustomizations: readonly string[];
  readonly charts: readonly string[];
}

/** Absolute paths. A file beside a kustomization is its own, whether it takes it in or not. */
function sort(dir: string): Sorted {
  if (existsSync(join(dir, 'Chart.yaml'))) return { plain: [], kustomizations: [], charts: [dir] };
  const below = readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.'))
    .map((entry) => sort(join(dir, entry.name)));
  const isOwn = isKustomization(dir);
  return {
    plain: [...(isOwn ? [] : filesBelow(dir, false)), ...below.flatMap(({ plain }) => plain)],
    kustomizations: [...(isOwn ? [dir] : []), ...below.flatMap(({ kustomizations }) => kustomizations)],
    charts: below.flatMap(({ charts }) => charts),
  };
}

interface Built {
  /** Its own file, and all that it has read, named from the root. */
  readonly file: string;
  readonly names: readonly string[];
  readonly resources?: readonly Resource[];
  readonly finding?: Finding;
  readonly remote?: string;
}

function build(root: string, dir: string, renderer: Renderer): Built {
  const own = KUSTOMIZATION_FILES.find((name) => existsSync(join(dir, name))) ?? '';
  const file = fileName(root, join(dir, own));
  // Made to be taken in: what it patches stands elsewhere.
  if (/^kind: *["']?Component\b/m.test(readFileSync(join(dir, own), 'utf8'))) return { file, names: [file] };
  try {
    const { resources, asked } = renderer.render(dir);
    return { file, names: [...new Set([file, ...asked])], resources };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (REMOTE.test(error.message)) {
      return { file, names: [file], remote: `the kustomization "${fileName(root, dir)}": ${error.message}` };
    }
    const origin = error.origin ?? { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
    const finding = findingOf(doesNotBuild, { message: error.message, origin, clusters: [] });
    return { file, names: [file], finding };
  }
}

const REMOTE = /is a remote \w+, which is not fetched here/;

/** A document that says of itself, even in part, that it is an object; or that cannot be read at all. */
function mayBeObject({ parsed }: ManifestDocument): boolean {
  const { root, problems } = parsed;
  if (problems.length > 0) return true;
  if (root?.kind !== 'mapping') return false;
  return fieldOf(root, 'apiVersion') !== undefined || fieldOf(root, 'kind') !== undefined;
}

function listed(files: readonly string[]): string {
  const shown = files.slice(0, 3).map((file) => `"${file}"`);
  const more = files.length - shown.length;
  return `${shown.join(', ')}${more === 0 ? '' : ` and ${more} more`}`;
}
