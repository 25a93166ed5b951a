import { type MappingNode, type Place, type ScalarNode, withPairs, type YamlNode } from '../yaml/node.ts';
import { isNull } from './decode.ts';
import { editScalars, overwrite } from './edit.ts';
import { failAt } from './failure.ts';
import { type FieldSpec, mapItems } from './field-spec.ts';
import { goRegexp } from './go-regexp.ts';
import type { ImageEntry } from './kustomization.ts';
import { type BuildObject, type Transformer, withRoot } from './object.ts';

/**
 * Gives images another name, tag or digest: first in every list `containers` or `initContainers` at any depth, then at
 * the configured fields. So a `tagSuffix` is appended twice to a container of a workload, as Kustomize does.
 */
export function imagesTransformer(entry: ImageEntry, fieldSpecs: readonly FieldSpec[]): Transformer {
  // Compiled where the first image is met: what meets none may be no expression at all.
  let pattern: RegExp | undefined;
  const edit = (old: ScalarNode) => {
    pattern ??= compile(entry);
    return pattern.test(old.text) ? withEntry(old, entry) : old;
  };
  return (objects) =>
    objects.map((object) => {
      if (object.id.kind === 'CustomResourceDefinition') return object;
      return editScalars(inContainers(object, edit), fieldSpecs, edit, 'nothing', entry.node.place);
    });
}

function compile(entry: ImageEntry): RegExp {
  const name = entry.name?.text ?? '';
  try {
    return goRegexp(`^${name}(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$`);
  } catch (cause) {
    return failAt(
      entry.name?.place ?? entry.node.place,
      `Image name "${name}" is not a regular expression`,
      cause,
    );
  }
}

function inContainers(object: BuildObject, edit: (old: ScalarNode) => ScalarNode): BuildObject {
  return withRoot(object, walk(object.root, edit) as MappingNode);
}

function walk(node: YamlNode, edit: (old: ScalarNode) => ScalarNode): YamlNode {
  if (node.kind === 'sequence') return mapItems(node, (item) => walk(item, edit));
  if (node.kind !== 'mapping') return node;
  let pairs: { key: YamlNode; value: YamlNode }[] | undefined;
  node.pairs.forEach((pair, index) => {
    let value = walk(pair.value, edit);
    if (
      pair.key.kind === 'scalar' &&
      (pair.key.text === 'containers' || pair.key.text === 'initContainers')
    ) {
      value = mapItems(value, (container) => withImage(container, edit));
    }
    if (value !== pair.value) {
      pairs ??= node.pairs.slice();
      pairs[index] = { key: pair.key, value };
    }
  });
  return pairs === undefined ? node : withPairs(node, pairs);
}

function withImage(container: YamlNode, edit: (old: ScalarNode) => ScalarNode): YamlNode {
  if (isNull(container)) return container;
  if (container.kind !== 'mapping') {
    return failAt(container.place, 'A container is not a mapping: wrong node kind, expected MappingNode');
  }
  const index = container.pairs.findIndex((pair) => pair.key.kind === 'scalar' && pair.key.text === 'image');
  if (index < 0) return container;
  const { key, value } = container.pairs[index]!;
  if (isNull(value)) return container;
  if (value.kind !== 'scalar') return failAt(value.place, 'Field "image" is not a string: wrong node kind');
  const image = edit(value);
  if (image === value) return container;
  const pairs = container.pairs.slice();
  pairs[index] = { key, value: image };
  return withPairs(container, pairs);
}

function withEntry(old: ScalarNode, entry: ImageEntry): ScalarNode {
  let { name, tag, digest } = splitImage(old.text);
  const { newName, newTag, digest: newDigest, tagSuffix } = entry;
  const places: Place[] = [];
  if (newTag?.text || newDigest?.text) {
    tag = newTag?.text ?? '';
    digest = newDigest?.text ?? '';
    if (newTag?.text) places.push(newTag.place);
    if (newDigest?.text) places.push(newDigest.place);
  } else if (tagSuffix?.text) {
    tag += tagSuffix.text;
    digest = '';
    places.push(tagSuffix.place);
  }
  if (newName?.text) {
    name = newName.text;
    places.push(newName.place);
  }
  const text = name + (tag === '' ? '' : `:${tag}`) + (digest === '' ? '' : `@${digest}`);
  const all = [...places, old.place, ...old.others, entry.node.place];
  return overwrite(old, { text, tag: undefined, place: all[0]!, others: [...new Set(all.slice(1))] });
}

/** `registry:5000/name:tag@digest` → its parts; the port of a registry is no tag. */
function splitImage(image: string): { name: string; tag: string; digest: string } {
  const slash = Math.max(image.indexOf('/'), 0);
  const at = image.indexOf('@', slash);
  const colon = image.indexOf(':', slash);
  if (at < 0 && colon < 0) return { name: image, tag: '', digest: '' };
  if (at >= 0 && (at < colon || colon < 0))
    return { name: image.slice(0, at), tag: '', digest: image.slice(at + 1) };
  if (at < 0) return { name: image.slice(0, colon), tag: image.slice(colon + 1), digest: '' };
  return { name: image.slice(0, colon), tag: image.slice(colon + 1, at), digest: image.slice(at + 1) };
}
