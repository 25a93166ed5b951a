/**
 * Strategic merge as kyaml's merge2 does it for Kustomize: list elements of the patch come first, and merge lists are
 * those of the OpenAPI in force. The part of a base that a patch does not reach is still walked, since a walk drops
 * blank nulls and settles merge lists; what it gives is kept for the next patch of the same base.
 */
import { memoised } from '../core/memoised.ts';
import {
  fieldOf,
  keyText,
  type MappingNode,
  type Pair,
  type Place,
  pairFinder,
  type ScalarNode,
  type SequenceNode,
  withContent,
  withOthers,
  withPairs,
  withStyle,
  type YamlNode,
} from '../yaml/node.ts';
import { implicitTag } from '../yaml/resolve.ts';
import { failAt } from './failure.ts';
import type { MergeSchema, MergeSchemas } from './merge-schema.ts';
import { commentSchema } from './merge-schema-comment.ts';
import {
  directivePlace,
  listDirective,
  mappingDirective,
  unknownDirective,
  withoutDirective,
  withoutListDirective,
} from './strategic-merge-directive.ts';
import { mergeElements } from './strategic-merge-list.ts';

/** One merge: base and patch side by side. Either may be absent; a result that is absent clears the field. */
export class StrategicMerge {
  private readonly settled = new WeakMap<
    YamlNode,
    { schema: MergeSchema | undefined; node: YamlNode | undefined }
  >();
  private readonly schemas: MergeSchemas;

  constructor(schemas: MergeSchemas) {
    this.schemas = schemas;
  }

  /** What says which lists are merged, where a person wrote it. */
  get definedBy(): readonly Place[] {
    return this.schemas.place === undefined ? [] : [this.schemas.place];
  }

  walk(
    base: YamlNode | undefined,
    patch: YamlNode | undefined,
    inherited?: MergeSchema,
  ): YamlNode | undefined {
    if (patch === undefined) return base === undefined ? undefined : this.settle(base, inherited);
    const schema = inherited ?? this.schemaOf(base) ?? this.schemaOf(patch);
    const kind = present(base)?.kind ?? present(patch)?.kind ?? 'mapping';
    expectKind(base, kind);
    expectKind(patch, kind);
    if (kind === 'scalar') return present(patch);
    if (kind === 'mapping') return this.mapping(base, patch, schema);
    return this.sequence(base, patch, schema);
  }

  /** A base that the patch says nothing about. */
  private settle(base: YamlNode, inherited: MergeSchema | undefined): YamlNode | undefined {
    if (base.kind === 'scalar') return base.tag === '!!null' && base.text === '' ? undefined : base;
    const schema = inherited ?? this.schemaOf(base);
    const known = this.settled.get(base);
    if (known !== undefined && known.schema === schema) return known.node;
    const node =
      base.kind === 'mapping' ? this.fields(base, undefined, schema) : this.settleList(base, schema);
    this.settled.set(base, { schema, node });
    if (node !== undefined && node !== base) this.settled.set(node, { schema, node });
    return node;
  }

  private settleList(base: SequenceNode, schema: MergeSchema | undefined): SequenceNode {
    return schema?.mergeKeys === undefined
      ? base
      : mergeElements(this, base, undefined, schema.mergeKeys, schema.elements());
  }

  private mapping(
    base: YamlNode | undefined,
    patch: YamlNode | undefined,
    schema: MergeSchema | undefined,
  ): YamlNode | undefined {
    if (patch?.kind !== 'mapping') return undefined;
    const directive = mappingDirective(patch);
    if (base?.kind !== 'mapping') {
      if (directive === 'delete') return undefined;
      const added = directive === undefined ? patch : withoutDirective(patch);
      return this.fields(added, added, schema);
    }
    if (directive === undefined) return unknownDirective(patch);
    if (directive === 'delete') return undefined;
    const merged = withoutDirective(patch);
    return this.fields(directive === 'replace' || base === patch ? merged : base, merged, schema);
  }

  private fields(
    base: MappingNode,
    patch: MappingNode | undefined,
    schema: MergeSchema | undefined,
  ): MappingNode {
    const edit = new PairEdit(base, patch === base ? undefined : patch);
    const oldPair = pairFinder(base);
    const patchPair = patch === undefined ? () => undefined : pairFinder(patch);
    for (const name of fieldNames(base, patch)) {
      // Kustomize takes a field without a name for the mapping itself.
      if (name === '') failAt(base.place, 'Wrong node kind: a key is empty, expected a name');
      const old = oldPair(name);
      const pair = patchPair(name);
      const written = commentSchema(old, this.schemas) ?? commentSchema(pair, this.schemas);
      const value = this.walk(old?.value, pair?.value, written ?? schema?.field(name));
      edit.set(old, pair, value);
    }
    return edit.result();
  }

  private sequence(
    base: YamlNode | undefined,
    patch: YamlNode | undefined,
    schema: MergeSchema | undefined,
  ): YamlNode | undefined {
    if (patch?.kind !== 'sequence') return undefined;
    if (schema?.mergeKeys === undefined) return patch;
    const { mergeKeys } = schema;
    if (base?.kind !== 'sequence') return mergeElements(this, patch, patch, mergeKeys, schema.elements());
    const { directive, element } = listDirective(patch);
    if (directive === 'delete') return undefined;
    const merged = element === undefined ? patch : withoutListDirective(patch, directive);
    const from = directive === 'replace' || base === patch ? merged : base;
    return mergeElements(this, from, merged, mergeKeys, schema.elements());
  }

  /** An object within an object is merged by its own kind where nothing above says how. */
  private schemaOf(node: YamlNode | undefined): MergeSchema | undefined {
    if (node?.kind !== 'mapping') return undefined;
    const kind = wordOf(fieldOf(node, 'kind'));
    const apiVersion = kind === '' ? '' : wordOf(fieldOf(node, 'apiVersion'));
    return apiVersion === '' ? undefined : this.schemas.ofKind(apiVersion, kind);
  }
}

/** Collects the new pairs of a mapping, and gives the very same mapping where nothing changes. */
class PairEdit {
  private readonly base: MappingNode;
  private readonly patch: MappingNode | undefined;
  /** By the pair of the base; none where it goes. */
  private readonly changed = new Map<Pair, Pair | undefined>();
  private readonly added: Pair[] = [];
  private readonly deletedBy: Place[] = [];

  constructor(base: MappingNode, patch: MappingNode | undefined) {
    this.base = base;
    this.patch = patch;
  }

  set(old: Pair | undefined, patch: Pair | undefined, value: YamlNode | undefined): void {
    if (old !== undefined && value === old.value) {
      const counted = quoteOldWords(value);
      if (counted !== value) this.changed.set(old, { key: old.key, value: counted });
      return;
    }
    if (old === undefined && value === undefined) return;
    if (old === undefined) {
      this.added.push({ key: patch!.key, value: quoteOldWords(value!) });
      return;
    }
    if (value !== undefined) {
      this.changed.set(old, { key: old.key, value: keepStyle(value, old.value) });
      return;
    }
    this.changed.set(old, undefined);
    if (patch !== undefined && patch !== old)
      this.deletedBy.push(placeOfDeletion(patch.value), ...patch.value.others);
  }

  result(): MappingNode {
    const { added, changed } = this;
    if (added.length + changed.size === 0) return this.base;
    const pairs: Pair[] = [];
    for (const pair of this.base.pairs) {
      const now = changed.has(pair) ? changed.get(pair) : pair;
      if (now !== undefined) pairs.push(now);
    }
    for (const pair of added) pairs.push(pair);
    return withOthers(withPairs(this.base, pairs), placesOfMerged(this.base, this.patch, this.deletedBy));
  }
}

/** A merged mapping or list is the base's; it names the patch, and what in the patch deleted something. */
export function placesOfMerged(
  base: YamlNode,
  patch: YamlNode | undefined,
  deletedBy: readonly Place[],
): readonly Place[] {
  if (patch === undefined || patch === base) return base.others;
  return [...base.others, patch.place, ...patch.others, ...deletedBy];
}

function placeOfDeletion(patch: YamlNode): Place {
  if (patch.kind === 'mapping') return directivePlace(patch);
  if (patch.kind === 'sequence') {
    const { element } = listDirective(patch);
    return element === undefined ? patch.place : directivePlace(element);
  }
  return patch.place;
}

/**
 * A field that is set again keeps the way in which its old value was quoted, so that a number over a quoted string
 * is a string too.
 */
function keepStyle(value: YamlNode, old: YamlNode): YamlNode {
  if (value.kind !== 'scalar' || old.kind !== 'scalar' || value.style === old.style) return value;
  const { style } = old;
  const losesTag =
    style !== 'plain' && value.tag !== '!!str' && implicitTag(value.text, 'go-yaml-v3') === value.tag;
  return withContent(value, value.text, losesTag ? '!!str' : value.tag, style);
}

/** A field whose plain text is a string now but was something else in YAML 1.1 counts as quoted once a walk met it. */
function quoteOldWords(value: YamlNode): YamlNode {
  if (value.kind !== 'scalar' || value.style !== 'plain' || value.tag !== '!!str' || !isOldWord(value))
    return value;
  return quoted(value);
}

/** One node for one node: a label that stands in several places stays the same in all. */
const quoted = memoised((node: ScalarNode): ScalarNode => withStyle(node, 'double'));

function isOldWord({ text }: ScalarNode): boolean {
  return text !== '' && text.length < 40 && implicitTag(text, 'go-yaml-v2') !== '!!str';
}

function fieldNames(base: MappingNode, patch: MappingNode | undefined): Iterable<string> {
  const names = new Set<string>();
  for (const pair of base.pairs) names.add(keyText(pair) ?? '');
  if (patch === undefined || patch === base) return names;
  for (const pair of patch.pairs) names.add(keyText(pair) ?? '');
  return names;
}

/** The node, where it is there and not null. */
export function present(node: YamlNode | undefined): YamlNode | undefined {
  return node?.tag === '!!null' ? undefined : node;
}

const KIND_NAMES = { mapping: 'a mapping', sequence: 'a list', scalar: 'a scalar' } as const;

export function expectKind(node: YamlNode | undefined, kind: YamlNode['kind']): void {
  if (node === undefined || node.kind === kind || node.tag === '!!null') return;
  failAt(node.place, `Wrong node kind: expected ${KIND_NAMES[kind]} but got ${KIND_NAMES[node.kind]}`);
}

function wordOf(node: YamlNode | undefined): string {
  return node?.kind === 'scalar' && node.tag !== '!!null' ? node.text : '';
}
