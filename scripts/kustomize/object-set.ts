import { failAt } from './failure.ts';
import { idText } from './id.ts';
import { absorb } from './merge-generated.ts';
import { type BuildObject, everHadId } from './object.ts';

/** Adds objects; two of one current id are an error. */
export function append(
  objects: readonly BuildObject[],
  more: readonly BuildObject[],
): readonly BuildObject[] {
  if (more.length === 0) return objects;
  if (objects.length === 0) return more;
  const keys = new Set(objects.map(({ id }) => id.key));
  for (const { id, root } of more) {
    const key = id.key;
    if (keys.has(key))
      failAt(root.place, `May not add resource with an already registered id: ${idText(id)}`);
    keys.add(key);
  }
  return [...objects, ...more];
}

/** Refuses two objects of one current id. */
export function requireUnique(objects: readonly BuildObject[]): void {
  const keys = new Set<string>();
  for (const { id, root } of objects) {
    const key = id.key;
    if (keys.has(key))
      failAt(root.place, `May not add resource with an already registered id: ${idText(id)}`);
    keys.add(key);
  }
}

/** Adds what a generator made: new, or merged into the object that has or had its id. */
export function absorbAll(
  objects: readonly BuildObject[],
  generated: readonly BuildObject[],
): readonly BuildObject[] {
  let result = objects;
  for (const object of generated) {
    const index = result.findIndex((known) => everHadId(known, object.id));
    if (index >= 0 && result.some((known, other) => other > index && everHadId(known, object.id))) {
      failAt(object.root.place, `Found multiple objects that could accept merge of ${idText(object.id)}`);
    }
    if (index < 0) {
      if (object.state.behavior === 'merge' || object.state.behavior === 'replace') {
        failAt(object.root.place, `Id ${idText(object.id)} does not exist; cannot merge or replace`);
      }
      result = append(result, [object]);
    } else {
      const copy = result.slice();
      copy[index] = absorb(result[index]!, object);
      result = copy;
    }
  }
  return result;
}
