import type { YamlNode } from '../yaml/node.ts';
import { fieldOf } from '../yaml/node.ts';
import type { NameReference } from './default-fields.ts';
import { applyFieldSpec, type FieldSpec, isSelected, type KindSelector, splitPath } from './field-spec.ts';
import { KindMap } from './kind-map.ts';
import type { BuildObject } from './object.ts';

/** What is worked out once for a list of references, which most builds share. */
export interface ReferenceFields {
  readonly every: (id: KindSelector) => References;
  /** Those to the kinds that these objects had. */
  toKindsOf(objects: readonly BuildObject[]): (id: KindSelector) => readonly Reference[];
  /** What the fields of the object mention that may refer; undefined where one of them was not seen before. */
  mentionsOf(object: BuildObject, every: References): readonly Mention[] | undefined;
  /** The same for one that was not seen before. A field that leads through a scalar throws. */
  findMentions(object: BuildObject, every: References): readonly Mention[];
}

/** What stands at the places of one field that may refer, in one object. */
export interface Mention {
  readonly path: string;
  readonly names: readonly string[];
  /** References that are no plain names: mappings with a name, or what nothing can refer by. */
  readonly mappings: boolean;
}

/** The references that objects of a kind may hold. */
interface References {
  readonly references: readonly Reference[];
  /** The fields of the object that they lead through. */
  readonly fields: readonly string[];
}

/** What a value of a field of an object mentions, as the references of one kind find it. */
interface Mentions {
  readonly every: References;
  readonly mentions: readonly Mention[];
}

const known = new WeakMap<readonly NameReference[], ReferenceFields>();

export function referenceFieldsOf(references: readonly NameReference[]): ReferenceFields {
  let fields = known.get(references);
  if (fields === undefined) {
    fields = workOut(references);
    known.set(references, fields);
  }
  return fields;
}

function workOut(references: readonly NameReference[]): ReferenceFields {
  const specsOf = specsByKind(references);
  const byKinds = new Map<string, (id: KindSelector) => readonly Reference[]>();
  const mentioned = new WeakMap<YamlNode, Mentions>();
  const everyOf = new KindMap<References>();
  const numbered = new KindMap<{ readonly id: KindSelector; readonly number: number }>();
  let count = 0;
  return {
    every: (id) =>
      everyOf.get(id, () => {
        const found = specsOf(id);
        const fields = new Set(found.map(({ field }) => firstStep(field.path)));
        return { references: found, fields: [...fields] };
      }),
    toKindsOf(objects) {
      const kinds = new Set<{ readonly id: KindSelector; readonly number: number }>();
      for (const { id, state } of objects) {
        for (const { kind } of state.previous) {
          const { group, version } = id;
          kinds.add(numbered.get({ group, version, kind }, (each) => ({ id: each, number: count++ })));
        }
      }
      const key = Array.from(kinds, ({ number }) => number).join();
      let specs = byKinds.get(key);
      if (specs === undefined) {
        const ids = Array.from(kinds, ({ id }) => id);
        specs = specsByKind(references.filter((target) => ids.some((id) => isSelected(id, target))));
        byKinds.set(key, specs);
      }
      return specs;
    },
    mentionsOf({ root }, every) {
      const found: Mention[] = [];
      for (const field of every.fields) {
        // A path without a first name is walked, which refuses it.
        if (field === '') return undefined;
        const node = fieldOf(root, field);
        if (node === undefined) continue;
        const known = mentioned.get(node);
        if (known?.every !== every) return undefined;
        if (known.mentions.length > 0) found.push(...known.mentions);
      }
      return found;
    },
    findMentions(object, every) {
      const mentions = mentionsIn(object, every);
      for (const first of every.fields) {
        const node = fieldOf(object.root, first);
        const own = mentions.filter(({ path }) => firstStep(path) === first);
        if (node !== undefined) mentioned.set(node, { every, mentions: own });
      }
      return mentions;
    },
  };
}

/** A field that may hold the name of an object of some kind. */
export interface Reference {
  readonly target: KindSelector;
  readonly field: FieldSpec;
}

function firstStep(path: string): string {
  return splitPath(path)[0]!.replace(/\[\]$/, '').trim();
}

function mentionsIn(object: BuildObject, every: References): readonly Mention[] {
  const mentions: Mention[] = [];
  const seen = new Set<string>();
  let names: string[] = [];
  let mappings = false;
  const collect = (node: YamlNode): YamlNode => {
    if (node.kind === 'scalar') names.push(node.text);
    else if (node.kind === 'mapping') mappings = true;
    else for (const item of node.items) collectItem(item);
    return node;
  };
  const collectItem = (item: YamlNode) => {
    if (item.kind === 'sequence') mappings = true;
    else collect(item);
  };
  for (const { field } of every.references) {
    if (seen.has(field.path)) continue;
    seen.add(field.path);
    applyFieldSpec(object, object.root, field, collect, 'nothing', object.root.place);
    if (!mappings && names.length === 0) continue;
    mentions.push({ path: field.path, names, mappings });
    names = [];
    mappings = false;
  }
  return mentions;
}

/** The references that objects of a kind may hold; of a group by its first use. */
function specsByKind(references: readonly NameReference[]): (id: KindSelector) => readonly Reference[] {
  const known = new KindMap<readonly Reference[]>();
  return (id) =>
    known.get(id, () =>
      references.flatMap((target) =>
        target.referrers.flatMap((field) =>
          // Kustomize looks for the field by the path alone: the kind was matched by the original id.
          isSelected(id, field) ? [{ target, field: { ...field, group: '', version: '', kind: '' } }] : [],
        ),
      ),
    );
}
