import { memoised } from '../core/memoised.ts';
import { once } from '../core/once.ts';
import { fieldOf } from '../yaml/node.ts';
import { isNull } from './decode.ts';
import type { NameReference } from './default-fields.ts';
import { failAt } from './failure.ts';
import type { BuildObject } from './object.ts';
import { type Mention, referenceFieldsOf } from './reference-fields.ts';
import { placesOfNames, Referrer } from './referrer.ts';

/**
 * Writes the new names of objects where others refer to their old ones. It looks at the whole tree, once, at the end
 * of a build.
 */
export function fixNameReferences(
  objects: readonly BuildObject[],
  references: readonly NameReference[],
): readonly BuildObject[] {
  const byName = indexByPreviousName(objects);
  const oldNames = namesThatChanged(byName);
  const placesOf = memoised(placesOfNames);
  const fields = referenceFieldsOf(references);
  const moved = once(() => fields.toKindsOf(objects));
  // A scalar holds the name alone, which is what it was unless an object of that name has another one by now.
  const renamed = once(() =>
    fields.toKindsOf(objects.filter(({ id, state }) => state.previous.some(({ name }) => name !== id.name))),
  );
  return objects.map((object) => {
    const { group, version } = object.id;
    // Kustomize keeps the kind that the file says, and group and version as they are by now.
    const id = { group, version, kind: object.state.previous[0]?.kind ?? object.id.kind };
    const every = fields.every(id);
    if (every.references.length === 0) return object;
    refuseOddType(object);
    const known = fields.mentionsOf(object, every);
    const mentions = known ?? fields.findMentions(object, every);
    const changing = mentions.filter((each) => mayChange(each, oldNames));
    if (changing.length === 0) return object;
    const paths = new Set(changing.map(({ path }) => path));
    // The walk refuses fields of a wrong shape, whether or not anything was renamed: once for each content is enough.
    const references =
      known === undefined
        ? every.references
        : changing.some(({ mappings }) => mappings)
          ? moved()(id)
          : renamed()(id);
    return new Referrer(object, objects, byName, placesOf).fix(
      references.filter(({ field }) => paths.has(field.path)),
    );
  });
}

/** Old names whose object is called something else by now. */
function namesThatChanged(byName: ReadonlyMap<string, readonly BuildObject[]>): ReadonlySet<string> {
  const changed = new Set<string>();
  for (const [name, candidates] of byName) {
    if (candidates.some(({ id }) => id.name !== name)) changed.add(name);
  }
  return changed;
}

/** A mapping takes the namespace of what it refers to, too. */
function mayChange({ names, mappings }: Mention, oldNames: ReadonlySet<string>): boolean {
  return mappings || names.some((name) => oldNames.has(name));
}

function indexByPreviousName(objects: readonly BuildObject[]): ReadonlyMap<string, readonly BuildObject[]> {
  const index = new Map<string, BuildObject[]>();
  for (const object of objects) {
    for (const { name } of object.state.previous) {
      const known = index.get(name);
      if (known === undefined) index.set(name, [object]);
      else if (known.at(-1) !== object) known.push(object);
    }
  }
  return index;
}

/** Kustomize finds that the object and what it knows of it disagree. */
function refuseOddType({ root }: BuildObject): void {
  for (const field of ['apiVersion', 'kind']) {
    const value = fieldOf(root, field);
    if (value?.kind !== 'scalar') continue;
    const isOdd = isNull(value) ? value.text !== '' : field === 'apiVersion' && value.text.startsWith('/');
    if (isOdd) failAt(value.place, `Field "${field}" is "${value.text}", expected a ${field} or nothing`);
  }
}
