import { join } from 'node:path';
import { DISK } from '../core/disk.ts';
import { Failure } from '../core/failure.ts';
import { fileName } from '../core/file-name.ts';
import type { FileSystem } from '../core/file-system.ts';
import type { Resource } from '../core/resource.ts';
import { isMapping, isSequence } from '../core/value.ts';
import type { MappingNode, Source, YamlNode } from '../yaml/node.ts';
import { fieldOf } from '../yaml/node.ts';
import { type ParsedDocument, parseDocuments } from '../yaml/parse.ts';
import { toResource } from '../yaml/resource.ts';
import { valueOf } from '../yaml/value.ts';
import { KUSTOMIZATION_FILES } from './kustomization-file.ts';

/** One document of a plain file, as the API server would be sent it. */
export interface ManifestDocument {
  readonly source: Source;
  readonly parsed: ParsedDocument;
  /** Its object, or those of its `items` where it is a List; none where it cannot be read as one. */
  readonly objects: readonly PlainObject[];
}

export interface PlainObject {
  readonly resource: Resource;
  /** As written, for what its values no longer show. */
  readonly root: MappingNode;
}

export interface PlainManifests {
  readonly documents: readonly ManifestDocument[];
  readonly resources: readonly Resource[];
  /** What this depends on: the files, and in a folder its listing, which ends in a slash. */
  readonly asked: readonly string[];
}

const MANIFEST = /\.(ya?ml|json)$/;

/** The manifests of a folder as Argo CD's directory source takes them: `.yaml`, `.yml` and `.json`. */
export function readPlainFolder(
  root: string,
  dir: string,
  recurse: boolean,
  fileSystem: FileSystem,
): PlainManifests {
  const absolute = join(root, dir);
  const folders = foldersBelow(fileSystem, absolute, recurse);
  const listings = folders.map((folder) => `${fileName(root, folder) || '.'}/`);
  const found = readPlainFiles(root, filesBelow(absolute, recurse, fileSystem), fileSystem);
  return { ...found, asked: [...listings, ...found.asked] };
}

/** @param files absolute paths */
export function readPlainFiles(
  root: string,
  files: readonly string[],
  fileSystem: FileSystem = DISK,
): PlainManifests {
  const sources = files.map((file): Source => {
    const name = fileName(root, file);
    const strange = fileSystem.strangeAt(file);
    if (strange !== undefined) throw new Failure(`"${name}" is ${strange}, expected a regular file`);
    try {
      return { file: name, text: fileSystem.readText(file) };
    } catch (cause) {
      throw new Failure(`Could not read the manifest "${name}"`, { cause });
    }
  });
  return readPlainSources(sources);
}

export function readPlainSources(sources: readonly Source[]): PlainManifests {
  const documents = sources.flatMap((source) =>
    parseDocuments(source, 'go-yaml-v2').map((parsed) => readDocument(source, parsed)),
  );
  return {
    documents,
    resources: documents.flatMap(({ objects }) => objects.map(({ resource }) => resource)),
    asked: sources.map((source) => source.file),
  };
}

function readDocument(source: Source, parsed: ParsedDocument): ManifestDocument {
  const { root } = parsed;
  const readable = root?.kind === 'mapping' && parsed.problems.length === 0;
  return { source, parsed, objects: readable ? objectsOf(root) : [] };
}

/** A `List` is opened on the client, item by item (kubectl, Argo CD); the server never sees it. */
function objectsOf(node: MappingNode): readonly PlainObject[] {
  const manifest = valueOf(node);
  if (!isMapping(manifest)) return [];
  // That it cannot be opened is said of the document.
  if (manifest.apiVersion === 'v1' && manifest.kind === 'List' && !isSequence(manifest.items)) return [];
  if (typeof manifest.kind === 'string' && manifest.kind.endsWith('List') && isSequence(manifest.items)) {
    const items = fieldOf(node, 'items');
    const nodes: readonly YamlNode[] = items?.kind === 'sequence' ? items.items : [];
    return nodes.flatMap((item) => (item.kind === 'mapping' ? objectsOf(item) : []));
  }
  return [{ resource: toResource(node, manifest), root: node }];
}

/**
 * Absolute paths of the manifests below a folder, by name; kustomizations are no objects and are left out, and so are
 * links to folders, which may lead in a circle.
 */
export function filesBelow(dir: string, recurse: boolean, fileSystem: FileSystem = DISK): readonly string[] {
  return fileSystem
    .list(dir)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(dir, entry.name);
      if (entry.isDirectory()) {
        return recurse && !SKIPPED.has(entry.name) ? filesBelow(path, recurse, fileSystem) : [];
      }
      return MANIFEST.test(entry.name) && !KUSTOMIZATION.has(entry.name) ? [path] : [];
    });
}

function foldersBelow(fileSystem: FileSystem, dir: string, recurse: boolean): readonly string[] {
  if (!recurse) return [dir];
  const below = fileSystem.list(dir).filter((entry) => entry.isDirectory() && !SKIPPED.has(entry.name));
  return [dir, ...below.flatMap((entry) => foldersBelow(fileSystem, join(dir, entry.name), recurse))];
}

const SKIPPED: ReadonlySet<string> = new Set(['.git', 'node_modules']);
const KUSTOMIZATION: ReadonlySet<string> = new Set(KUSTOMIZATION_FILES);
