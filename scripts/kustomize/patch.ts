import { Failure } from '../core/failure.ts';
import {
  fieldOf,
  type MappingNode,
  type Place,
  type ScalarNode,
  type Source,
  withField,
} from '../yaml/node.ts';
import { type ParsedDocument, parseDocuments } from '../yaml/parse.ts';
import { renderedValueOf } from '../yaml/rendered-value.ts';
import { isNull } from './decode.ts';
import { followChanges } from './edit.ts';
import { embeddedSource } from './embedded.ts';
import { failAt } from './failure.ts';
import type { File } from './files.ts';
import { timesAsText } from './go-times.ts';
import { idText } from './id.ts';
import { applyJsonPatch, type JsonPatch, readJsonPatch } from './json-patch.ts';
import type { PatchEntry } from './kustomization.ts';
import type { Loader } from './loader.ts';
import { markedBy } from './marked.ts';
import {
  type BuildObject,
  everHadId,
  newObject,
  rememberId,
  type Transformer,
  withRoot,
  withState,
} from './object.ts';
import { requireUnique } from './object-set.ts';
import type { OpenApi } from './open-api.ts';
import { withAnnotationsMapping, withOwnMetadata, withoutLostState } from './patched-state.ts';
import { rootInBoth } from './read-alike.ts';
import { readMappings } from './read-objects.ts';
import { selectObjects } from './selector.ts';
import type { SelectorEntry } from './selector-fields.ts';
import { mappingDirective } from './strategic-merge-directive.ts';
import { applyStrategicPatch, patchForTarget } from './strategic-patch.ts';
import { writtenTwice } from './written-twice.ts';

/** A patch file or an inline patch, as text with its place. */
interface PatchText {
  readonly source: Source;
  /** Set for a patch of its own file. */
  readonly file?: File;
  /** The entry that names it. */
  readonly place: Place;
}

/** One entry of `patches`: strategic merge or JSON 6902, whichever its content is; and its keys that stand twice. */
export function patchTransformer(
  entry: PatchEntry,
  loader: Loader,
  openApi: OpenApi,
): { readonly transform: Transformer; readonly twice: readonly Place[] } {
  const text = patchText(entry, loader);
  const documents =
    text.file === undefined ? parseDocuments(text.source, 'go-yaml-v3') : loader.files.resources(text.file);
  const twice = documents.flatMap(({ root }) => (root === undefined ? [] : writtenTwice(root)));
  return { transform: transformerOf(entry, text, documents, openApi), twice };
}

function transformerOf(
  entry: PatchEntry,
  text: PatchText,
  documents: readonly ParsedDocument[],
  openApi: OpenApi,
): Transformer {
  const first = documents[0]?.root;
  const isList = first?.kind === 'sequence' && first.items.length > 0;
  const marked = (root: MappingNode) => markedBy(root, entry.node.place);
  const merge = isList ? {} : attempt(() => readMappings(documents));
  if (merge.value !== undefined) return mergeTransformer(entry, merge.value.map(marked), text, openApi);
  const json = attempt(() => readOperations(text.source, documents));
  if (json.value !== undefined) {
    return jsonTransformer(entry.target, json.value.map(marked), text.place, true);
  }
  const cause = isList ? json.error : merge.error;
  if (cause instanceof Failure) throw cause;
  return failAt(text.place, 'Unable to parse SM or JSON patch', cause);
}

/** One entry of `patchesJson6902`. */
export function json6902Transformer(
  target: SelectorEntry | undefined,
  path: ScalarNode | undefined,
  operations: ScalarNode | undefined,
  place: Place,
  loader: Loader,
): Transformer {
  if (target?.name === undefined || target.name.text === '')
    failAt(target?.node.place ?? place, 'Must specify the target name');
  const hasPath = path !== undefined && path.text !== '';
  const hasInline = operations !== undefined && operations.text !== '';
  if (!hasPath && !hasInline) failAt(place, 'Empty file path and empty jsonOp');
  if (hasPath && hasInline) failAt(place, 'Must specify a file path or jsonOp, not both');
  const source = hasPath ? loader.load(path).source : embeddedSource(operations!);
  const patch = readOperations(source);
  if (patch.length === 0) failAt(place, 'Patch appears to be empty, expected operations');
  const marked = patch.map((operation) => markedBy(operation, place));
  return jsonTransformer(target, marked, place, false);
}

/**
 * `patchesStrategicMerge`.
 *
 * @param entries file names, or patches as text
 * @param text more patches, only as text
 */
export function strategicMergeTransformer(
  entries: readonly ScalarNode[],
  text: ScalarNode | undefined,
  loader: Loader,
  openApi: OpenApi,
): Transformer {
  const inText = (entry: ScalarNode) => readMappings(parseDocuments(embeddedSource(entry), 'go-yaml-v3'));
  const read = (entry: ScalarNode) =>
    attempt(() => inText(entry)).value ?? readMappings(loader.files.resources(loader.load(entry)));
  const withPlace = (entry: ScalarNode) => (root: MappingNode) => ({ root, place: entry.place });
  const patches = entries.flatMap((entry) => read(entry).map(withPlace(entry)));
  if (text !== undefined) patches.push(...inText(text).map(withPlace(text)));
  const first = entries[0] ?? text;
  if (patches.length === 0) {
    if (first === undefined) return (objects) => objects;
    failAt(first.place, 'Patch appears to be empty');
  }
  return (objects) => {
    let result = objects;
    for (const { root, place } of patches) {
      const target = targetOf(result, root, openApi, place);
      result = replaceSelected(result, new Set([target.id.key]), (object) =>
        mergedSelected(object, root, undefined, openApi),
      );
    }
    return result;
  };
}

function mergeTransformer(
  entry: PatchEntry,
  patches: readonly MappingNode[],
  { place }: PatchText,
  openApi: OpenApi,
): Transformer {
  const [first] = patches;
  if (first === undefined) return (objects) => objects;
  const { target } = entry;
  if (target !== undefined) {
    if (patches.length > 1) {
      failAt(
        target.node.place,
        'Multiple Strategic-Merge Patches in one `patches` entry is not allowed to set `patches.target` field',
      );
    }
    const merge = remembering((object) => mergedSelected(object, first, entry, openApi));
    const spare = remembering((object) =>
      withState(object, { sparedBy: [...object.state.sparedBy, entry.node.place] }),
    );
    const deletes = mappingDirective(first) === 'delete';
    return (objects) => {
      const keys = new Set(selectObjects(objects, target).map(({ id }) => id.key));
      const rest = (object: BuildObject) => (keys.has(object.id.key) ? object : spare(object));
      return replaceSelected(deletes ? objects.map(rest) : objects, keys, merge);
    };
  }
  return (objects) => {
    const result: (BuildObject | undefined)[] = objects.slice();
    for (const patch of patches) {
      const present = result.filter((object) => object !== undefined);
      const found = targetOf(present, patch, openApi, place);
      result[result.indexOf(found)] = merged(found, patch, entry, openApi);
    }
    return result.filter((object) => object !== undefined);
  };
}

/** The one object that has, or had, the id of a patch. */
function targetOf(
  objects: readonly BuildObject[],
  patch: MappingNode,
  { scopes }: OpenApi,
  place: Place,
): BuildObject {
  const { id } = newObject(patch, scopes);
  const found = objects.filter((object) => everHadId(object, id));
  const [first] = found;
  if (first !== undefined && found.length === 1) return first;
  const matches = found.length > 1 ? 'multiple matches' : 'no matches';
  return failAt(
    fieldOf(fieldOf(patch, 'metadata'), 'name')?.place ?? place,
    `No resource matches strategic merge patch "${idText(id)}": ${matches} for Id ${idText(id)}; failed to find unique target for patch`,
  );
}

function replaceSelected(
  objects: readonly BuildObject[],
  keys: ReadonlySet<string>,
  change: (object: BuildObject) => BuildObject | undefined,
): readonly BuildObject[] {
  if (keys.size === 0) return objects;
  const result = objects.flatMap((object) => {
    if (!keys.has(object.id.key)) return [object];
    const next = change(object);
    return next === undefined ? [] : [next];
  });
  requireUnique(result);
  return result;
}

/** A patch meets an object that was selected with the object's version: with null, where that has none. */
function mergedSelected(
  object: BuildObject,
  patch: MappingNode,
  entry: PatchEntry | undefined,
  openApi: OpenApi,
): BuildObject | undefined {
  const next = merged(object, patchForTarget(patch, object.root), entry, openApi);
  const apiVersion = fieldOf(object.root, 'apiVersion');
  if (next === undefined || (apiVersion !== undefined && !isNull(apiVersion))) return next;
  const { place } = apiVersion ?? patch;
  const none: ScalarNode = { kind: 'scalar', text: '', style: 'plain', tag: '!!null', place, others: [] };
  return withRoot(next, withField(next.root, 'apiVersion', none));
}

function merged(
  object: BuildObject,
  patch: MappingNode,
  entry: PatchEntry | undefined,
  { schemas }: OpenApi,
): BuildObject | undefined {
  const options = {
    root: patch,
    allowNameChange: entry?.options?.allowNameChange ?? false,
    allowKindChange: entry?.options?.allowKindChange ?? false,
  };
  const next = applyStrategicPatch(object, options, schemas);
  return next && withoutLostState(patch, followChanges(object, next));
}

function jsonTransformer(
  target: SelectorEntry | undefined,
  patch: JsonPatch,
  place: Place,
  remembers: boolean,
): Transformer {
  const apply = remembering((object) => {
    const remembered = remembers ? rememberId(object) : object;
    // Kustomize hands the object over as JSON: what has no form there is refused here.
    renderedValueOf(remembered.root);
    const marked = timesAsText(withAnnotationsMapping(remembered, place));
    const root = withOwnMetadata(applyJsonPatch(marked, patch), marked, remembered.root);
    return withState(withRoot(remembered, root), { shared: new Set() });
  });
  return (objects) => {
    if (target === undefined) failAt(place, 'Must specify a target for JSON patch');
    const selected = new Set(selectObjects(objects, target));
    if (selected.size === 0) return objects;
    return objects.map((object) => (selected.has(object) ? apply(object) : object));
  };
}

/** A component patches the objects of one base for many overlays, and gives each the same. */
function remembering<T>(change: (object: BuildObject) => T): (object: BuildObject) => T {
  const results = new WeakMap<BuildObject, { readonly result: T }>();
  return (object) => {
    let known = results.get(object);
    if (known === undefined) {
      known = { result: change(object) };
      results.set(object, known);
    }
    return known.result;
  };
}

function patchText(entry: PatchEntry, loader: Loader): PatchText {
  const { path, patch, node } = entry;
  const written = patch?.text ?? '';
  const text = written.trim();
  const hasPath = path !== undefined && path.text !== '';
  if (text === '' && !hasPath) failAt(node.place, 'Must specify one of patch and path');
  if (text !== '' && hasPath) failAt(node.place, "Patch and path can't be set at the same time");
  if (hasPath) {
    const file = loader.load(path);
    return { source: file.source, file, place: path.place };
  }
  return { source: embeddedSource(patch!, text, written.indexOf(text)), place: patch!.place };
}

/** @param read what dialect v3 makes of the same text, where that is known */
function readOperations(source: Source, read: readonly ParsedDocument[] = []): JsonPatch {
  if (source.text === '') failAt({ source, start: 0, end: 0 }, 'Empty json patch operations');
  if (source.text.startsWith('[')) requireJson(source);
  const known = rootInBoth(source.text, read);
  if (known !== undefined) return readJsonPatch(known);
  const document = parseDocuments(source, 'go-yaml-v2')[0];
  const problem = document?.problems[0];
  if (problem !== undefined) failAt(problem.place, problem.message);
  if (document?.root === undefined || document.root.tag === '!!null') return [];
  return readJsonPatch(document.root);
}

/** A patch that begins with a bracket is read as JSON, not as YAML's flow style. */
function requireJson(source: Source): void {
  try {
    JSON.parse(source.text);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    failAt({ source, start: 0, end: 1 }, `A JSON patch that begins with "[" is no JSON: ${message}`, cause);
  }
}

function attempt<T>(action: () => T): { readonly value?: T; readonly error?: unknown } {
  try {
    return { value: action() };
  } catch (error) {
    return { error };
  }
}
