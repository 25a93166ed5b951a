import { type Finding, findingOf, type Rule } from '../core/finding.ts';
import type { Origin } from '../core/origin.ts';
import type { Effect } from '../kustomize/accumulate.ts';
import type { Place } from '../yaml/node.ts';
import { originOf } from '../yaml/place.ts';
import {
  imageChangesNothing,
  keyWrittenTwice,
  patchChangesNothing,
  replacementSelectsNothing,
} from './rules.ts';

/** What is wrong unless it is of use in another cluster, by the place where it is written. */
export interface Idle {
  readonly place: string;
  readonly finding: Finding;
}

/** An entry of a kustomization, and whether it changed anything where it ran. */
export interface EntryUse {
  readonly field: Effect['entry']['field'];
  readonly origin: Origin;
  /** Where a person would mend it, were it of no use; undefined where that is the entry itself. */
  readonly blamed: Origin | undefined;
  readonly changed: boolean;
  /** A key that is written twice. */
  readonly key?: string;
}

export function entryUse({ entry, changed, blamed }: Effect): EntryUse {
  return {
    field: entry.field,
    origin: originOf(entry.place),
    blamed: blamed && originOf(blamed),
    changed,
    ...(entry.field === 'key' && { key: textOf(entry.place) }),
  };
}

function textOf({ source, start, end }: Place): string {
  return source.text.slice(start, end);
}

/** Entries of kustomizations that changed something, and those that did nothing, in one cluster. */
export function judgeEntries(
  uses: readonly EntryUse[],
  clusters: readonly string[],
): { readonly inUse: readonly string[]; readonly idle: readonly Idle[] } {
  const inUse = new Set<string>();
  const idle = new Map<string, Idle>();
  for (const { field, origin, blamed, changed, key } of uses) {
    const place = `${field} ${origin.file}:${origin.line}:${origin.column}`;
    if (changed) inUse.add(place);
    else if (!idle.has(place)) {
      const { rule, message } =
        field === 'key'
          ? {
              rule: keyWrittenTwice,
              message: `Key "${key}" is written twice in one mapping, expected it once`,
            }
          : IDLE[field];
      idle.set(place, { place, finding: findingOf(rule, { message, origin: blamed ?? origin, clusters }) });
    }
  }
  return { inUse: [...inUse], idle: [...idle.values()].filter(({ place }) => !inUse.has(place)) };
}

const IDLE: Readonly<
  Record<Exclude<Effect['entry']['field'], 'key'>, { readonly rule: Rule; readonly message: string }>
> = {
  patches: {
    rule: patchChangesNothing,
    message: 'Patch changes nothing, expected it to match an object that differs from it',
  },
  images: {
    rule: imageChangesNothing,
    message: 'Entry of "images" changes nothing, expected it to match an object that differs from it',
  },
  replacements: {
    rule: replacementSelectsNothing,
    message: 'Target of the replacement selects no object, expected at least one',
  },
};
