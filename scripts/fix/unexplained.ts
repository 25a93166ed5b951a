import type { Finding } from '../core/finding.ts';
import { type Path, toFieldPath } from '../core/path.ts';
import type { Resource } from '../core/resource.ts';
import { isMapping, isSequence, type Value } from '../core/value.ts';

/** The first change between two renderings that no edit accounts for, in words; undefined where all are. */
export function unexplained(
  before: ReadonlyMap<string, Resource>,
  after: ReadonlyMap<string, Resource>,
  edited: readonly Finding[],
): string | undefined {
  for (const [id, resource] of before) {
    const now = after.get(id);
    if (now === undefined) return `"${id}", which would be gone`;
    for (const path of differences(resource.manifest, now.manifest)) {
      if (!edited.some((finding) => accountsFor(finding, path, resource, now))) {
        return `field "${toFieldPath(path)}" of "${id}"`;
      }
    }
  }
  for (const id of after.keys()) if (!before.has(id)) return `"${id}", which would be new`;
  return undefined;
}

/** The value or the key stood where the edit was made, or the new key stands on the line that it added. */
function accountsFor({ edit }: Finding, path: Path, before: Resource, after: Resource): boolean {
  if (edit === undefined) return false;
  const { origin, text } = edit;
  const places = [before.keyOriginOf(path), ...before.originsOf(path)];
  if (
    places.some(
      ({ file, line, column }) => file === origin.file && line === origin.line && column === origin.column,
    )
  ) {
    return true;
  }
  const key = after.keyOriginOf(path);
  const name = typeof text === 'object' && 'line' in text ? text.line.split(':')[0] : text;
  return key.file === origin.file && path.at(-1) === name;
}

function* differences(before: Value | undefined, after: Value | undefined, path: Path = []): Generator<Path> {
  if (before === after) return;
  if (isMapping(before) && isMapping(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      yield* differences(before[key], after[key], [...path, key]);
    }
  } else if (isSequence(before) && isSequence(after)) {
    for (let i = 0; i < Math.max(before.length, after.length); i++) {
      yield* differences(before[i], after[i], [...path, i]);
    }
  } else yield path;
}
