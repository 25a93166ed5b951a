import type { Inventory } from '../core/inventory.ts';
import type { Mapping } from '../core/value.ts';
import type { Level } from './pod-security-standards.ts';
import { EMPTY, itemOf, list, mapping, text, textOf } from './read.ts';

/** What is declared of one namespace that its admission holds objects to. */
export interface NamespaceFacts {
  readonly level: Level;
  /** The minor version whose edition of the standard counts; undefined: the cluster's own. */
  readonly edition: number | undefined;
  /** Entries of all LimitRanges. */
  readonly limits: readonly Mapping[];
}

const ENFORCE = 'pod-security.kubernetes.io/enforce';
const VERSION = 'pod-security.kubernetes.io/enforce-version';

/** By namespace; those about which nothing is declared are left out. */
export function namespaceFacts(inventory: Inventory): ReadonlyMap<string, NamespaceFacts> {
  const facts = new Map<string, NamespaceFacts>();
  for (const { manifest, id } of inventory.ofKind('', 'Namespace')) {
    const labels = mapping(mapping(manifest, 'metadata') ?? EMPTY, 'labels') ?? EMPTY;
    const level = textOf(labels[ENFORCE]);
    if (level !== 'baseline' && level !== 'restricted') continue;
    const version = /^v1\.(\d+)$/.exec(textOf(labels[VERSION]) ?? '');
    facts.set(id.name, { level, edition: version === null ? undefined : Number(version[1]), limits: [] });
  }
  for (const resource of inventory.ofKind('', 'LimitRange')) {
    const namespace = inventory.namespaceOf(resource);
    const known = facts.get(namespace) ?? { level: 'privileged', edition: undefined, limits: [] };
    const own = list(mapping(resource.manifest, 'spec') ?? EMPTY, 'limits')
      .map(itemOf)
      .filter((limit) => limit !== undefined && text(limit, 'type') !== undefined) as Mapping[];
    facts.set(namespace, { ...known, limits: [...known.limits, ...own] });
  }
  return facts;
}
