import type { Place, ScalarNode } from '../yaml/node.ts';
import { editScalars, overwrite } from './edit.ts';
import { type FieldSpec, isSelected, type KindSelector } from './field-spec.ts';
import { type BuildObject, originalId, rememberId, type Transformer, withState } from './object.ts';

/** Kinds whose names mean something to the API server: never prefixed or suffixed. */
const SKIPPED: readonly KindSelector[] = [
  { group: '', version: '', kind: 'CustomResourceDefinition' },
  { group: 'apiregistration.k8s.io', version: '', kind: 'APIService' },
  { group: '', version: '', kind: 'Namespace' },
];

/** Puts text before or after the names of objects, and remembers it for the references between them. */
export function nameAffixTransformer(
  side: 'prefix' | 'suffix',
  affix: ScalarNode,
  fieldSpecs: readonly FieldSpec[],
  entry?: Place,
): Transformer {
  const places = entry === undefined ? [affix.place] : [affix.place, entry];
  return (objects) => objects.map((object) => rename(object, side, affix, fieldSpecs, places));
}

function rename(
  object: BuildObject,
  side: 'prefix' | 'suffix',
  affix: ScalarNode,
  fieldSpecs: readonly FieldSpec[],
  places: readonly Place[],
): BuildObject {
  const original = originalId(object);
  if (SKIPPED.some((kind) => isSelected(original, kind))) return object;
  const edit = (old: ScalarNode) => {
    if (affix.text === '') return old;
    const text = side === 'prefix' ? affix.text + old.text : old.text + affix.text;
    return overwrite(old, { text, tag: undefined, place: old.place, others: [...old.others, ...places] });
  };
  let current = object;
  for (const spec of fieldSpecs) {
    if (!isSelected(original, spec)) continue;
    if (spec.path === 'metadata/name' && affix.text !== '') {
      const { prefixes, suffixes } = current.state;
      current = rememberId(
        withState(
          current,
          side === 'prefix'
            ? { prefixes: [...prefixes, affix.text] }
            : { suffixes: [...suffixes, affix.text] },
        ),
      );
    }
    current = editScalars(current, [spec], edit, 'scalar', affix.place);
  }
  return current;
}
