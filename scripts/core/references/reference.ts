import type { Path } from '../path.ts';
import type { Resource } from '../resource.ts';
import type { Mapping } from '../value.ts';

/** The object that is named. `namespace` is empty for a kind of the whole cluster. */
export interface Target {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** One object names another. */
export interface Reference extends Target {
  readonly from: Resource;
  /** Where the name is written. */
  readonly at: Path;
  /** The key of a ConfigMap or Secret, where one is named, and where. */
  readonly key: string | undefined;
  readonly keyAt: Path | undefined;
  /** The pod starts without it. */
  readonly optional: boolean;
}

/** A reference as a collector yields it, before it is known whose it is; `namespace` unset for that of the object. */
export interface Named {
  readonly group: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly at: Path;
  readonly key?: string;
  readonly keyAt?: Path;
  readonly optional?: boolean;
}

/** What an object names. Its paths are put together where they are asked for, which only findings do. */
export class PlacedReference implements Reference {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly key: string | undefined;
  readonly optional: boolean;
  readonly from: Resource;
  readonly #named: Named;
  readonly #prefix: Path;

  /** @param prefix of the pod's spec, where it is the pod that names it */
  constructor(named: Named, namespace: string, from: Resource, prefix: Path) {
    this.group = named.group;
    this.kind = named.kind;
    this.namespace = namespace;
    this.name = named.name;
    this.key = named.key;
    this.optional = named.optional === true;
    this.from = from;
    this.#named = named;
    this.#prefix = prefix;
  }

  get at(): Path {
    return [...this.#prefix, ...this.#named.at];
  }

  get keyAt(): Path | undefined {
    return this.#named.keyAt && [...this.#prefix, ...this.#named.keyAt];
  }
}

/** Adds what an object of its kind names. */
export type Collector = (manifest: Mapping, found: Named[]) => void;

export function keyOf({ group, kind, namespace, name }: Target): string {
  return `${group}/${kind}/${namespace}/${name}`;
}
