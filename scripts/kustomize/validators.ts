import { isMapping, type Mapping, type Value } from '../core/value.ts';
import { valueOf as jsonOf } from '../yaml/value.ts';
import type { BuildObject, BuildState } from './object.ts';

const LABEL = 'validated-by';

/** Whether a validator left everything as it was, but for the label that says it was there. */
export function isUnchangedButForLabel(
  before: readonly BuildObject[],
  after: readonly BuildObject[],
): boolean {
  if (before === after) return true;
  if (before.length !== after.length) return false;
  const byKey = new Map(after.map((object) => [object.id.key, object]));
  return before.every((object) => {
    const other = byKey.get(object.id.key);
    if (other === undefined || !isNotedAlike(object.state, other.state)) return false;
    return other.root === object.root || isSame(jsonOf(object.root), withoutLabel(jsonOf(other.root)));
  });
}

/** What Kustomize notes in annotations of an object counts as a part of it. */
function isNotedAlike(a: BuildState, b: BuildState): boolean {
  return (['previous', 'prefixes', 'suffixes'] as const).every((list) => a[list].length === b[list].length);
}

function withoutLabel(manifest: Value): Value {
  if (!isMapping(manifest) || !isMapping(manifest.metadata) || !isMapping(manifest.metadata.labels))
    return manifest;
  const { [LABEL]: _, ...labels } = manifest.metadata.labels;
  const { labels: __, ...metadata } = manifest.metadata;
  return { ...manifest, metadata: Object.keys(labels).length > 0 ? { ...metadata, labels } : metadata };
}

function isSame(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, i) => isSame(item, b[i]));
  if (!isMapping(a) || !isMapping(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => isSame(a[key], (b as Mapping)[key]));
}
