import { normalize } from 'node:path/posix';
import {
  fieldOf,
  findPair,
  type MappingNode,
  mappingNode,
  type Place,
  type ScalarNode,
  stringNode,
  withField,
  withoutField,
  withPairs,
} from '../yaml/node.ts';
import { implicitTag } from '../yaml/resolve.ts';
import { plainKey } from './edit.ts';
import { failAt } from './failure.ts';
import { foldedAnnotations } from './folded-annotations.ts';
import { type BuildObject, withRoot } from './object.ts';
import { printScalar } from './print-scalar.ts';

const ORIGIN = 'config.kubernetes.io/origin';
const TRANSFORMATIONS = 'alpha.config.kubernetes.io/transformations';

/** Where the root of a build stands in `buildMetadata`: the path of the current folder from the root. */
export interface Tracking {
  readonly path: string;
  /** The entry that asked for origins, and the one that asked for transformations; the first where it is not there. */
  readonly place: Place;
  readonly transformationsPlace: Place;
}

/** Undefined where nothing is asked for. */
export function trackingOf(buildMetadata: readonly ScalarNode[]): Tracking | undefined {
  const [first] = buildMetadata;
  if (first === undefined) return undefined;
  const placeOf = (option: string) => (buildMetadata.find(({ text }) => text === option) ?? first).place;
  return {
    path: '',
    place: placeOf('originAnnotations'),
    transformationsPlace: placeOf('transformerAnnotations'),
  };
}

/** The tracking of what a path leads to. */
export function follow(tracking: Tracking | undefined, path: string): Tracking | undefined {
  return tracking && { ...tracking, path: joined(tracking.path, path) };
}

/** What made or changed an object: a generator or transformer, built in or configured in a file. */
export interface Maker {
  readonly configuredIn: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name?: string;
  readonly namespace?: string;
  /** The configuration, where it is a plugin's. */
  readonly place?: Place;
}

/** Objects read from a file, with the file as their origin. */
export function withFileOrigin(
  objects: readonly BuildObject[],
  tracking: Tracking | undefined,
  path: string,
) {
  if (tracking === undefined) return objects;
  const text = `path: ${yamlText(joined(tracking.path, path))}\n`;
  return objects.map((object) => withAnnotation(object, ORIGIN, text, tracking.place));
}

/** Generated objects, with their generator as the origin where they have none. */
export function withMakerOrigin(
  objects: readonly BuildObject[],
  tracking: Tracking | undefined,
  maker: Maker,
) {
  if (tracking === undefined) return objects;
  return objects.map((object) =>
    annotation(object, ORIGIN) === undefined
      ? withAnnotation(withTexts(object), ORIGIN, makerText(maker, ''), tracking.place, placesOf(maker))
      : object,
  );
}

/** Every object, with one more transformation; what has no origin was made by the transformer. */
export function withTransformation(
  objects: readonly BuildObject[],
  tracking: Tracking | undefined,
  maker: Maker,
) {
  if (tracking === undefined) return objects;
  return objects.map((typed) => {
    const object = withTexts(typed);
    if (annotation(object, ORIGIN) === undefined) {
      return withAnnotation(object, ORIGIN, makerText(maker, ''), tracking.place, placesOf(maker));
    }
    const known = annotation(object, TRANSFORMATIONS) ?? '';
    const text = `${known}- ${makerText(maker, '  ')}`;
    return withAnnotation(object, TRANSFORMATIONS, text, tracking.transformationsPlace, placesOf(maker));
  });
}

function placesOf({ place }: Maker): readonly Place[] {
  return place === undefined ? [] : [place];
}

/** Without the annotations that `buildMetadata` does not ask for, also where a person wrote them. */
export function unwantedAnnotations(buildMetadata: readonly string[]): readonly string[] {
  return [
    ...(buildMetadata.includes('originAnnotations') ? [] : [ORIGIN]),
    ...(buildMetadata.includes('transformerAnnotations') ? [] : [TRANSFORMATIONS]),
  ];
}

function makerText({ configuredIn, apiVersion, kind, name, namespace }: Maker, indent: string): string {
  const fields = [
    `configuredIn: ${yamlText(configuredIn)}`,
    'configuredBy:',
    `  apiVersion: ${yamlText(apiVersion)}`,
    `  kind: ${yamlText(kind)}`,
    ...(name ? [`  name: ${yamlText(name, indent)}`] : []),
    ...(namespace ? [`  namespace: ${yamlText(namespace, indent)}`] : []),
  ];
  return fields.map((field, index) => `${index === 0 ? '' : indent}${field}\n`).join('');
}

const NOWHERE: Place = { source: { file: '', text: '' }, start: 0, end: 0 };

/** As go-yaml v3 writes a string, which quotes what YAML 1.1 took for another type. */
function yamlText(text: string, indent = ''): string {
  const style = implicitTag(text, 'go-yaml-v2') === '!!str' || text.includes('\n') ? 'plain' : 'double';
  return printScalar({ ...stringNode(text, NOWHERE), style }, `${indent}    `);
}

function joined(base: string, path: string): string {
  return normalize(base === '' ? path : `${base}/${path}`).replace(/(?<=.)\/$/, '');
}

/** The content with the origin of the old one, where that has any. */
export function withOriginOf(old: MappingNode, root: MappingNode): MappingNode {
  const origin = fieldOf(fieldOf(fieldOf(old, 'metadata'), 'annotations'), ORIGIN);
  const metadata = fieldOf(root, 'metadata');
  const annotations = fieldOf(metadata, 'annotations');
  if (origin === undefined || metadata?.kind !== 'mapping' || annotations?.kind !== 'mapping') return root;
  return withField(
    root,
    'metadata',
    withField(metadata, 'annotations', withField(annotations, ORIGIN, origin)),
  );
}

function annotation(object: BuildObject, key: string): string | undefined {
  const annotations = fieldOf(fieldOf(object.root, 'metadata'), 'annotations');
  const value = annotations?.kind === 'mapping' ? findPair(annotations, key)?.value : undefined;
  return value?.kind === 'scalar' ? value.text : undefined;
}

function withAnnotation(
  object: BuildObject,
  key: string,
  text: string,
  place: Place,
  more: readonly Place[] = [],
): BuildObject {
  const metadata = fieldOf(object.root, 'metadata');
  if (metadata?.kind !== 'mapping') return object;
  const old = fieldOf(metadata, 'annotations');
  const annotations = old?.kind === 'mapping' ? old : mappingNode([], place);
  const others = [...(fieldOf(annotations, key)?.others ?? []), ...more];
  const changed = withField(annotations, key, stringNode(text, place, others), stringNode(key, place));
  const keyNode = stringNode('annotations', place);
  return withRoot(
    object,
    withField(object.root, 'metadata', withField(metadata, 'annotations', changed, keyNode)),
  );
}

/**
 * A transformation is noted by writing all annotations anew, each as the text that it is written with, so that a later
 * JSON patch finds no number or time there. The origin of a file is added to them as they are.
 */
function withTexts(object: BuildObject): BuildObject {
  const metadata = fieldOf(object.root, 'metadata');
  const annotations = fieldOf(metadata, 'annotations');
  if (metadata?.kind !== 'mapping' || annotations?.kind !== 'mapping') return object;
  if (annotations.pairs.every(({ value }) => value.kind !== 'scalar' || value.tag === '!!str')) return object;
  const pairs = annotations.pairs.map(({ key, value }) =>
    value.kind === 'scalar'
      ? { key, value: stringNode(value.text, value.place, value.others) }
      : { key, value },
  );
  return withRoot(
    object,
    withField(object.root, 'metadata', withField(metadata, 'annotations', withPairs(annotations, pairs))),
  );
}

/** Annotations become strings, and some are left out; an empty mapping goes. */
export function withCleanAnnotations(written: MappingNode, unwanted: (key: string) => boolean): MappingNode {
  const root = foldedAnnotations(written);
  const metadata = fieldOf(root, 'metadata');
  // A list of objects may have no metadata: Kustomize makes it an empty mapping.
  if (metadata === undefined) {
    return withField(root, 'metadata', mappingNode([], root.place), stringNode('metadata', root.place));
  }
  if (metadata.kind !== 'mapping') {
    if (metadata.tag === '!!null') return root;
    return failAt(metadata.place, 'Field "metadata" is no mapping: wrong node kind, expected MappingNode');
  }
  const annotations = fieldOf(metadata, 'annotations');
  if (annotations === undefined) return root;
  if (annotations.kind !== 'mapping')
    return withField(root, 'metadata', withoutField(metadata, 'annotations'));
  let changed = false;
  const pairs = annotations.pairs.flatMap((pair) => {
    const { key, value } = pair;
    if (key.kind === 'scalar' && unwanted(key.text)) {
      changed = true;
      return [];
    }
    const keyNode = key.kind === 'scalar' ? plainKey(key.text, key.place, key.others) : key;
    if (value.kind === 'scalar' && value.tag === '!!str' && keyNode.tag === key.tag) return [pair];
    changed = true;
    return [
      {
        key: keyNode,
        value: stringNode(value.kind === 'scalar' ? value.text : '', value.place, value.others),
      },
    ];
  });
  if (pairs.length === 0) return withField(root, 'metadata', withoutField(metadata, 'annotations'));
  if (!changed) return root;
  return withField(root, 'metadata', withField(metadata, 'annotations', withPairs(annotations, pairs)));
}
