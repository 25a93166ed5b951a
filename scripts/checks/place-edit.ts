import type { Edit, PlacedEdit } from '../core/finding.ts';
import type { Path } from '../core/path.ts';
import type { Resource } from '../core/resource.ts';
import { isMapping, valueAt } from '../core/value.ts';

/** The edit of a field in the file that wrote it; undefined where there is no one place for it. */
export function placeEdit(resource: Resource, at: Path, edit: Edit): PlacedEdit | undefined {
  if ('rename' in edit) return { origin: resource.keyOriginOf(at), text: edit.rename };
  const value = valueAt(resource.manifest, at);
  if (value === undefined) return 'set' in edit ? addField(resource, at, edit.set) : undefined;
  // Other places had a part in it: a whole value is set where the last of them wrote it, and nothing else is certain.
  const [origin, ...others] = resource.originsOf(at);
  if (origin === undefined || (others.length > 0 && !('set' in edit))) return undefined;
  return { origin, text: 'set' in edit ? scalarText(edit.set) : { quoted: true } };
}

/** A line of its own before the last of its siblings, which stands as deep. */
function addField(resource: Resource, at: Path, value: string | number | boolean): PlacedEdit | undefined {
  const parent = valueAt(resource.manifest, at.slice(0, -1));
  if (!isMapping(parent)) return undefined;
  const siblings = Object.keys(parent).map((key) => resource.keyOriginOf([...at.slice(0, -1), key]));
  const { file } = resource.originsOf(at.slice(0, -1))[0]!;
  const origin = siblings.filter((each) => each.file === file).sort((a, b) => b.line - a.line)[0];
  return origin && { origin, text: { line: `${String(at.at(-1))}: ${scalarText(value)}` } };
}

function scalarText(value: string | number | boolean): string {
  return typeof value === 'string' && !/^[A-Z][A-Za-z]+$/.test(value) ? JSON.stringify(value) : String(value);
}
