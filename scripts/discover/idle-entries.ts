import { type Finding, findingOf } from '../core/finding.ts';
import type { Origin } from '../core/origin.ts';
import type { Effect } from '../kustomize/accumulate.ts';
import { originOf } from '../yaml/place.ts';
import { imageChangesNothing, patchChangesNothing } from './rules.ts';

/** What is wrong unless it is of use in another cluster, by the place where it is written. */
export interface Idle {
  readonly place: string;
  readonly finding: Finding;
}

/** An entry of a kustomization, and whether it changed anything where it ran. */
export interface EntryUse {
  readonly field: Effect['entry']['field'];
  readonly origin: Origin;
  readonly changed: boolean;
}

export function entryUse({ entry, changed }: Effect): EntryUse {
  return { field: entry.field, origin: originOf(entry.place), changed };
}

/** Entries of kustomizations that changed something, and those that did nothing, in one cluster. */
export function judgeEntries(
  uses: readonly EntryUse[],
  clusters: readonly string[],
): { readonly inUse: readonly string[]; readonly idle: readonly Idle[] } {
  const inUse = new Set<string>();
  const idle = new Map<string, Idle>();
  for (const { field, origin, changed } of uses) {
    const place = `${field} ${origin.file}:${origin.line}:${origin.column}`;
    if (changed) inUse.add(place);
    else if (!idle.has(place)) {
      const [rule, what] =
        field === 'patches' ? [patchChangesNothing, 'Patch'] : [imageChangesNothing, 'Entry of "images"'];
      const message = `${what} changes nothing, expected it to match an object that differs from it`;
      idle.set(place, { place, finding: findingOf(rule, { message, origin, clusters }) });
    }
  }
  return { inUse: [...inUse], idle: [...idle.values()].filter(({ place }) => !inUse.has(place)) };
}
