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
  readonly key?: string;
  readonly keyAt?: Path;
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

/** Yields what the objects of one kind name. */
export type Collector = (manifest: Mapping) => Iterable<Named>;

export function keyOf({ group, kind, namespace, name }: Target): string {
  return `${group}/${kind}/${namespace}/${name}`;
}
