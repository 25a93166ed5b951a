import type { Place, ScalarNode } from '../yaml/node.ts';
import { editScalars, overwrite } from './edit.ts';
import { failAt } from './failure.ts';
import { type FieldSpec, isSelected } from './field-spec.ts';
import { allIds, type Transformer } from './object.ts';

/** Sets the number of replicas of the objects that have, or had, a name. */
export function replicasTransformer(
  name: string,
  count: ScalarNode,
  fieldSpecs: readonly FieldSpec[],
  entry: Place,
): Transformer {
  return (objects) => {
    const result = objects.slice();
    let found = false;
    for (const spec of fieldSpecs) {
      result.forEach((object, index) => {
        if (!allIds(object).some((id) => id.name === name && isSelected(id, spec))) return;
        found = true;
        const edit = (old: ScalarNode) =>
          overwrite(old, { text: count.text, tag: '!!int', place: count.place, others: [entry] });
        result[index] = editScalars(object, [spec], edit, 'scalar', count.place);
      });
    }
    if (!found) {
      const kinds = fieldSpecs.map((spec) => spec.kind).join(', ');
      failAt(
        count.place,
        `Resource with name "${name}" does not match a config with one of the kinds ${kinds}`,
      );
    }
    return result;
  };
}
