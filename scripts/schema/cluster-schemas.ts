import type { KindWithoutSchema } from '../core/cluster.ts';
import { describeValue, quoted } from '../core/describe.ts';
import type { RuleViolation } from '../core/finding.ts';
import type { Path } from '../core/path.ts';
import { groupOf, type Resource } from '../core/resource.ts';
import { isMapping, type Mapping, type Value } from '../core/value.ts';
import { type ApiFacts, apiViolation, lifecycleViolations } from './api.ts';
import type { CustomKind } from './crd.ts';
import { CUSTOM_VERBS, type KindFacts, kindKey } from './file.ts';
import { KindSchema } from './kind-schema.ts';
import { FileLibrary, type Library } from './library.ts';
import { Linker } from './link.ts';
import type { PackFolder } from './pack.ts';
import { NAMESPACE_ON_CLUSTER_SCOPED, NOT_AN_OBJECT } from './rules.ts';
import { ANY, type Resolve, type Shape } from './shape.ts';

/** What is known of a kind in one cluster. */
export interface KnownKind {
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
  /** It stands in a CustomResourceDefinition, not in Kubernetes itself. */
  readonly custom: boolean;
}

/** A schema with rules, and how its references are followed. */
export interface RuledKind {
  readonly shape: Shape;
  readonly resolve: Resolve;
}

interface Known extends KnownKind {
  readonly facts: KindFacts;
  readonly library: Library;
  readonly deprecationWarning: string | undefined;
}

/** What judges the objects of one kind. */
interface Judge {
  readonly schema: KindSchema;
  /** The same for each of them. */
  readonly lifecycle: readonly RuleViolation[];
}

const NONE: readonly RuleViolation[] = Object.freeze([]);

/** A kind that lacks a schema still has the metadata of every object. */
const UNSEEN = { fields: { metadata: '#meta.v1.ObjectMeta' }, open: true };
const UNKNOWN_TO_US = {
  library: new FileLibrary({}, (name) => (name === 'unknown' ? UNSEEN : undefined), 'unknown'),
  facts: {
    definition: 'unknown',
    namespaced: true,
    verbs: CUSTOM_VERBS,
    served: true,
    deprecated: false,
    rules: false,
  },
};

/** Schemas made of rendered CustomResourceDefinitions, the same for every cluster that renders the same. */
export interface DefinedKinds {
  readonly library: Library;
  readonly kinds: readonly CustomKind[];
}

/** What a `ClusterSchemas` shares with those of other clusters. */
export interface Shared {
  readonly minor: string;
  readonly api: ApiFacts;
  readonly kubernetes: Library;
  readonly group: (group: string) => Library | undefined;
  readonly defined: (definition: Mapping) => DefinedKinds;
  readonly schemas: Map<Library, { readonly linker: Linker; readonly kinds: Map<string, KindSchema> }>;
  readonly packs: PackFolder;
}

/** Holds the objects of one cluster to what its API server would decode and accept by schema. */
export class ClusterSchemas {
  readonly #shared: Shared;
  readonly #exempt: ReadonlySet<string>;
  readonly #custom = new Map<string, Known>();
  /** By API, then by kind. */
  readonly #known = new Map<string, Map<string, Known | undefined>>();
  readonly #judges = new Map<Known, Judge>();
  readonly #checked = new WeakMap<Mapping, readonly RuleViolation[]>();

  constructor(
    shared: Shared,
    definitions: readonly Mapping[],
    kindsWithoutSchema: readonly KindWithoutSchema[],
  ) {
    this.#shared = shared;
    this.#exempt = new Set(kindsWithoutSchema.map(({ apiVersion, kind }) => kindKey(apiVersion, kind)));
    for (const definition of definitions) {
      const { library, kinds } = shared.defined(definition);
      for (const kind of kinds) {
        const key = kindKey(kind.apiVersion, kind.kind);
        const facts = library.kind(key);
        if (facts === undefined) continue;
        const { namespaced, deprecationWarning } = kind;
        this.#custom.set(key, {
          facts,
          library,
          namespaced,
          verbs: CUSTOM_VERBS,
          custom: true,
          deprecationWarning,
        });
      }
    }
  }

  /** What this cluster knows of a kind; undefined where it serves no such thing or no schema of it is at hand. */
  kind(apiVersion: string, kind: string): KnownKind | undefined {
    const known = this.#find(apiVersion, kind);
    return known?.facts.served === true ? known : undefined;
  }

  /** The schema of a custom resource whose definition has rules in CEL; undefined for every other kind. */
  ruled(apiVersion: string, kind: string): RuledKind | undefined {
    const known = this.#find(apiVersion, kind);
    if (known?.facts.rules !== true || !known.facts.served) return undefined;
    const { library, facts } = known;
    const shape = library.shape(facts.definition);
    return shape === undefined ? undefined : { shape, resolve: (name) => library.shape(name) ?? ANY };
  }

  #find(apiVersion: string, kind: string): Known | undefined {
    let ofApi = this.#known.get(apiVersion);
    if (ofApi === undefined) {
      ofApi = new Map();
      this.#known.set(apiVersion, ofApi);
    }
    if (ofApi.has(kind)) return ofApi.get(kind);
    const key = kindKey(apiVersion, kind);
    const known =
      this.#custom.get(key) ??
      this.#inLibrary(this.#shared.kubernetes, key) ??
      this.#inGroup(apiVersion, key);
    ofApi.set(kind, known);
    return known;
  }

  #inGroup(apiVersion: string, key: string): Known | undefined {
    const library = this.#shared.group(groupOf(apiVersion));
    return library === undefined ? undefined : this.#inLibrary(library, key);
  }

  #inLibrary(library: Library, key: string): Known | undefined {
    const facts = library.kind(key);
    if (facts === undefined) return undefined;
    const { namespaced, verbs } = facts;
    return {
      facts,
      library,
      namespaced,
      verbs,
      custom: library !== this.#shared.kubernetes,
      deprecationWarning: undefined,
    };
  }

  /** Every way in which the server of this cluster would not decode the object or refuse it by schema. */
  check(resource: Resource): readonly RuleViolation[] {
    return this.checkManifest(resource.manifest);
  }

  checkManifest(manifest: Mapping): readonly RuleViolation[] {
    let found = this.#checked.get(manifest);
    if (found === undefined) {
      found = this.#check(manifest);
      this.#checked.set(manifest, found);
    }
    return found;
  }

  /** What is asked of the value at a place of an object in which nothing is wrong, where that is no more than its type. */
  testAt({ apiVersion, kind }: Mapping, path: Path): ((value: Value | undefined) => boolean) | undefined {
    const known = isName(apiVersion) && isName(kind) ? this.#find(apiVersion, kind) : undefined;
    return known !== undefined && this.#schemaOf(known).isFreeText(path) ? isText : undefined;
  }

  #check(manifest: Mapping): readonly RuleViolation[] {
    const { apiVersion, kind } = manifest;
    if (!isName(apiVersion)) return [unnamed('apiVersion', apiVersion)];
    if (!isName(kind)) return [unnamed('kind', kind)];
    const known = this.#find(apiVersion, kind);
    if (known === undefined && this.#exempt.has(kindKey(apiVersion, kind)))
      return this.#schemaOf(UNKNOWN_TO_US).check(manifest);
    if (known?.facts.served !== true) {
      const custom = [...this.#custom.keys()];
      return [apiViolation(this.#shared.api, apiVersion, kind, known !== undefined, custom)];
    }
    const { schema, lifecycle } = this.#judgeOf(known, apiVersion, kind);
    const found = schema.check(manifest);
    const scope = scopeViolations(known, manifest, kind);
    if (lifecycle.length === 0 && scope.length === 0) return found;
    return [...found, ...lifecycle, ...scope];
  }

  #judgeOf(known: Known, apiVersion: string, kind: string): Judge {
    let judge = this.#judges.get(known);
    if (judge === undefined) {
      const { facts, deprecationWarning } = known;
      const { minor } = this.#shared;
      judge = {
        schema: this.#schemaOf(known),
        lifecycle: lifecycleViolations(minor, apiVersion, kind, facts.deprecated, deprecationWarning),
      };
      this.#judges.set(known, judge);
    }
    return judge;
  }

  #schemaOf({ library, facts }: Pick<Known, 'library' | 'facts'>): KindSchema {
    const { schemas, kubernetes, packs } = this.#shared;
    let made = schemas.get(library);
    if (made === undefined) {
      const scope =
        library === kubernetes ? { own: library, kubernetes: undefined } : { own: library, kubernetes };
      made = { linker: new Linker(scope, packs), kinds: new Map() };
      schemas.set(library, made);
    }
    let schema = made.kinds.get(facts.definition);
    if (schema === undefined) {
      schema = new KindSchema(made.linker, facts.definition);
      made.kinds.set(facts.definition, schema);
    }
    return schema;
  }
}

const isText = (value: Value | undefined) => typeof value === 'string';
const isName = (value: Value | undefined): value is string => typeof value === 'string' && value !== '';

function unnamed(field: 'apiVersion' | 'kind', value: Value | undefined): RuleViolation {
  const is = value === '' ? 'empty' : describeValue(value);
  const expected = field === 'kind' ? 'the name of a kind' : 'an API like "apps/v1"';
  return { rule: NOT_AN_OBJECT, at: [field], message: `Field "${field}" is ${is}, expected ${expected}` };
}

function scopeViolations(known: Known, manifest: Mapping, kind: string): readonly RuleViolation[] {
  const { metadata } = manifest;
  if (
    known.namespaced ||
    !isMapping(metadata) ||
    typeof metadata.namespace !== 'string' ||
    metadata.namespace === ''
  )
    return NONE;
  const message = `${kind} is in namespace ${quoted(metadata.namespace)}, expected none: it is cluster-scoped`;
  return [{ rule: NAMESPACE_ON_CLUSTER_SCOPED, at: ['metadata', 'namespace'], message }];
}
