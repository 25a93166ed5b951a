/** Entries of `generators`, `transformers` and `validators`. */
import type { ScalarNode } from '../yaml/node.ts';
import { parseDocuments } from '../yaml/parse.ts';
import type { Maker } from './build-metadata.ts';
import { embeddedSource } from './embedded.ts';
import type { BuildObject } from './object.ts';
import { readObjects } from './read-objects.ts';
import type { Scopes } from './scopes.ts';

/** The objects that an entry holds as text; undefined where it is a path. */
export function readInline(entry: ScalarNode, scopes: Scopes): readonly BuildObject[] | undefined {
  if (isBlank(entry.text)) return [];
  if (!entry.text.includes(':')) return undefined;
  try {
    return readObjects(parseDocuments(embeddedSource(entry), 'go-yaml-v3'), scopes);
  } catch {
    return undefined;
  }
}

/** Nothing but comments. */
function isBlank(text: string): boolean {
  return text.split('\n').every((line) => /^\s*(#|$)/.test(line));
}

/** A plugin as what `buildMetadata` calls the maker of an object. */
export function makerOf(plugin: BuildObject): Maker {
  const { group, version, kind, name, namespace } = plugin.id;
  const configuredIn = originPath(plugin);
  const { place } = plugin.root;
  return {
    configuredIn,
    apiVersion: group === '' ? version : `${group}/${version}`,
    kind,
    name,
    namespace,
    place,
  };
}

function originPath(plugin: BuildObject): string {
  const metadata = plugin.root.pairs.find(
    ({ key }) => key.kind === 'scalar' && key.text === 'metadata',
  )?.value;
  const annotations =
    metadata?.kind === 'mapping'
      ? metadata.pairs.find(({ key }) => key.kind === 'scalar' && key.text === 'annotations')?.value
      : undefined;
  if (annotations?.kind !== 'mapping') return '';
  const origin = annotations.pairs.find(
    ({ key }) => key.kind === 'scalar' && key.text === 'config.kubernetes.io/origin',
  )?.value;
  return origin?.kind === 'scalar' ? origin.text.replace(/^path: /, '').trimEnd() : '';
}
