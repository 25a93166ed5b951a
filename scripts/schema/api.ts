import { quoted } from '../core/describe.ts';
import type { RuleViolation } from '../core/finding.ts';
import { nearest } from '../core/nearest.ts';
import { groupOf } from '../core/resource.ts';
import { kindKey } from './file.ts';
import { lifecycleOf, minorNumber } from './lifecycle.ts';
import {
  API_DEPRECATED,
  API_GOING_AWAY,
  API_NOT_SERVED,
  API_NOT_YET_SERVED,
  API_REMOVED,
  NO_SCHEMA,
  UNKNOWN_KIND,
} from './rules.ts';

/** What is known of the APIs around one Kubernetes version. */
export interface ApiFacts {
  readonly minor: string;
  /** `apps/v1 Deployment`, of this version. */
  readonly served: readonly string[];
  /** Kinds of every version at hand, lowest version first. */
  readonly others: () => readonly { readonly minor: string; readonly served: readonly string[] }[];
  /** Kinds of an API group of custom resources. */
  readonly group: (group: string) => readonly string[];
  /** API groups of custom resources. */
  readonly groups: () => readonly string[];
}

/** Warned of this many minor versions ahead. */
const AHEAD = 2;

/** Why this cluster does not know an apiVersion and kind. */
export function apiViolation(
  api: ApiFacts,
  apiVersion: string,
  kind: string,
  declared: boolean,
  custom: readonly string[],
): RuleViolation {
  const at = ['apiVersion'];
  const key = kindKey(apiVersion, kind);
  const what = `Kind ${quoted(kind)} of ${quoted(apiVersion)}`;
  if (declared)
    return {
      rule: API_NOT_SERVED,
      at,
      message: `${what} is not served by its CustomResourceDefinition, expected ${servedVersions(api, apiVersion, kind, custom)}`,
    };
  const gone = lifecycleOf(key);
  if (gone?.removed !== undefined && minorNumber(gone.removed) <= minorNumber(api.minor)) {
    const instead =
      gone.replacement === undefined
        ? 'nothing: it has no replacement'
        : `"${gone.replacement}", served since Kubernetes ${gone.since}`;
    return {
      rule: API_REMOVED,
      at,
      message: `${what} is no longer served since Kubernetes ${gone.removed}, expected ${instead}`,
    };
  }
  const others = api.others();
  const later = others.find(
    ({ minor, served }) => minorNumber(minor) > minorNumber(api.minor) && served.includes(key),
  );
  const earlier = others.findLast(
    ({ minor, served }) => minorNumber(minor) < minorNumber(api.minor) && served.includes(key),
  );
  const elsewhere = servedVersions(api, apiVersion, kind, custom);
  if (later !== undefined)
    return {
      rule: API_NOT_YET_SERVED,
      at,
      message: `${what} is served from Kubernetes ${later.minor} on, expected ${elsewhere === '' ? `an API of Kubernetes ${api.minor}` : elsewhere}`,
    };
  if (earlier !== undefined)
    return {
      rule: API_REMOVED,
      at,
      message: `${what} was last served by Kubernetes ${earlier.minor}, expected ${elsewhere === '' ? `an API of Kubernetes ${api.minor}` : elsewhere}`,
    };
  if (elsewhere !== '')
    return { rule: UNKNOWN_KIND, at, message: `${what} is unknown, expected ${elsewhere}` };
  const group = groupOf(apiVersion);
  const isBuiltIn = !isForeign(api, group) && api.group(group).length === 0;
  const known = [...custom, ...api.group(group), ...(isBuiltIn ? api.served : [])];
  const kinds = known
    .filter((other) => other.startsWith(`${apiVersion} `))
    .map((other) => other.slice(apiVersion.length + 1));
  const meant =
    nearest(kind, kinds) ?? nearest(kind, new Set(known.map((other) => other.slice(other.indexOf(' ') + 1))));
  if (meant !== undefined)
    return { rule: UNKNOWN_KIND, at: ['kind'], message: `${what} is unknown, expected ${quoted(meant)}` };
  const near = nearGroup(api, apiVersion, kind);
  if (near !== undefined) return { rule: UNKNOWN_KIND, at, message: `${what} is unknown, expected ${near}` };
  return {
    rule: isBuiltIn ? UNKNOWN_KIND : NO_SCHEMA,
    at: ['kind'],
    message: `${what} has no schema, expected a kind of Kubernetes ${api.minor} or of a CustomResourceDefinition`,
  };
}

/** The APIs of the kind in the group that was most likely meant. */
function nearGroup(api: ApiFacts, apiVersion: string, kind: string): string | undefined {
  const group = groupOf(apiVersion);
  const groups = new Set([...api.served.map((key) => groupOf(key)), ...api.groups()]);
  const meant = group === '' ? undefined : nearest(group, groups);
  if (meant === undefined) return undefined;
  return servedVersions(api, `${meant}/`, kind, []) || undefined;
}

/** A group of custom resources, which have a dot in their name, that nothing is known of. */
function isForeign(api: ApiFacts, group: string): boolean {
  return (
    group.includes('.') &&
    api.group(group).length === 0 &&
    !api.served.some((other) => other.startsWith(`${group}/`))
  );
}

/** The APIs that serve a kind of that name: those of its own group if there are any, and for a group of others only those. */
function servedVersions(api: ApiFacts, apiVersion: string, kind: string, custom: readonly string[]): string {
  const group = groupOf(apiVersion);
  const versions = [...custom, ...api.served, ...api.group(group)]
    .filter((key) => key.endsWith(` ${kind}`))
    .map((key) => key.slice(0, key.indexOf(' ')))
    .filter((version) => version !== apiVersion);
  const near = versions.filter((version) => groupOf(version) === group);
  return [...new Set(near.length > 0 || isForeign(api, group) ? near : versions)]
    .sort()
    .map((version) => `"${version}"`)
    .join(' or ');
}

/** What is still served and has an end, or is deprecated. */
export function lifecycleViolations(
  minor: string,
  apiVersion: string,
  kind: string,
  deprecated: boolean,
  warning: string | undefined,
): readonly RuleViolation[] {
  const at = ['apiVersion'];
  const what = `Kind ${quoted(kind)} of ${quoted(apiVersion)}`;
  const life = lifecycleOf(kindKey(apiVersion, kind));
  if (life !== undefined) {
    const instead = life.replacement === undefined ? 'another API' : `"${life.replacement}"`;
    if (life.removed !== undefined && minorNumber(life.removed) - minorNumber(minor) <= AHEAD)
      return [
        {
          rule: API_GOING_AWAY,
          at,
          message: `${what} is no longer served from Kubernetes ${life.removed} on, expected ${instead}`,
        },
      ];
    if (minorNumber(life.deprecated) <= minorNumber(minor))
      return [
        {
          rule: API_DEPRECATED,
          at,
          message: `${what} is deprecated since Kubernetes ${life.deprecated}, expected ${instead}`,
        },
      ];
  }
  if (!deprecated) return [];
  return [
    {
      rule: API_DEPRECATED,
      at,
      message: `${what} is deprecated by its CustomResourceDefinition${warning === undefined ? ', expected a newer version' : `: ${warning}`}`,
    },
  ];
}
