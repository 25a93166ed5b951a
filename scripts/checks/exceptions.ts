import { mapping, text, texts } from '../core/fields.ts';
import type { Rule } from '../core/finding.ts';
import type { Inventory } from '../core/inventory.ts';
import type { Path } from '../core/path.ts';
import type { Resource } from '../core/resource.ts';
import { valueAt } from '../core/value.ts';
import { podOf } from '../core/workload.ts';
import {
  exceptionExpired,
  exceptionMalformed,
  exceptionNotAllowed,
  exceptionOfUnknownRule,
  exceptionOnPodTemplate,
  exceptionUnused,
  exceptionWithoutReason,
} from './exception-rules.ts';
import type { FoundViolation } from './policies.ts';

export const ALLOW = 'allow.planetarium.dev/';

/** One exception: which rule, for which object, why, and until when. */
export interface Exception {
  readonly rule: string;
  /** Only for this container; for the whole object unless given. */
  readonly container: string | undefined;
  readonly reason: string;
  /** `YYYY-MM-DD`, the last day on which it holds; `invalid` where one was meant and cannot be read. */
  readonly until: string | undefined;
  /** Where it is written: the object itself, or the file of exceptions. */
  readonly writtenOn: Resource;
  readonly at: Path;
}

/** `policies/exceptions.yaml` */
export interface ExceptionFile {
  readonly all: readonly Exception[];
  /** Those for an object. */
  of(resource: Resource, namespace: string): readonly Exception[];
}

export interface ExceptionContext {
  /** What is known of a rule id; undefined where there is none of that name. */
  readonly standing: (rule: string) => { readonly excusable: boolean; readonly judged: boolean } | undefined;
  /** The rule that a misspelled id was most likely meant to name. */
  readonly meant?: (rule: string) => string | undefined;
  /** `YYYY-MM-DD` */
  readonly today: string;
  readonly fromFile?: ExceptionFile;
}

export interface Excused {
  /** What no exception covers, and what is wrong with the exceptions themselves. */
  readonly found: readonly FoundViolation[];
  readonly used: readonly Exception[];
  readonly unused: readonly Exception[];
}

/** Takes from one cluster's findings those that an exception covers. */
export function excuse(
  inventory: Inventory,
  found: readonly FoundViolation[],
  context: ExceptionContext,
): Excused {
  const byResource = new Map<Resource, Exception[]>();
  // The file speaks of a whole cluster, and is judged where one is known.
  const ofFile = inventory.cluster.dir === '' ? [] : (context.fromFile?.all ?? []);
  const kept: FoundViolation[] = ofFile.flatMap((exception) => faultOf(exception, context) ?? []);
  for (const resource of inventory.resources) {
    kept.push(...misplaced(resource));
    const exceptions = [
      ...exceptionsOf(resource),
      ...(context.fromFile?.of(resource, inventory.namespaceOf(resource)) ?? []),
    ];
    if (exceptions.length === 0) continue;
    const valid = exceptions.filter((exception) => {
      const violation = faultOf(exception, context);
      if (violation !== undefined && exception.writtenOn === resource) kept.push(violation);
      return violation === undefined;
    });
    byResource.set(resource, valid);
  }
  const used = new Set<Exception>();
  for (const each of found) {
    const covering = byResource.get(each.resource)?.filter((exception) => covers(exception, each)) ?? [];
    if (covering.length === 0) kept.push(each);
    for (const exception of covering) used.add(exception);
  }
  // What the file says of objects that are not here at all excuses nothing either.
  const valid = ofFile.filter((exception) => faultOf(exception, context) === undefined);
  const unused = new Set([...[...byResource.values()].flat(), ...valid]);
  for (const exception of unused) {
    if (used.has(exception) || context.standing(exception.rule)?.judged !== true) unused.delete(exception);
  }
  return { found: kept, used: [...used], unused: [...unused] };
}

/** Places of the exceptions that excused something in a cluster. */
export function usedPlaces({ used }: Excused): readonly string[] {
  return [...new Set(used.map(placeOf))];
}

/**
 * Those that excused nothing in a cluster, with their places: one in a base is of use if a single region needs it.
 * Each is given with every object that brings it.
 */
export function unusedIn({
  unused,
}: Excused): readonly { readonly place: string; readonly found: FoundViolation }[] {
  return unused.map((exception) => ({
    place: placeOf(exception),
    found: fault(exception, exceptionUnused, `Exception from "${exception.rule}" excuses nothing`),
  }));
}

/** Those that excuse nothing in any of these clusters. */
export function unusedExceptions(clusters: readonly Excused[]): readonly (readonly FoundViolation[])[] {
  const used = new Set(clusters.flatMap(usedPlaces));
  return clusters.map((cluster) =>
    unusedIn(cluster).flatMap(({ place, found }) => (used.has(place) ? [] : [found])),
  );
}

function placeOf({ writtenOn, at }: Exception): string {
  const origin = writtenOn.originsOf(at)[0];
  return `${origin?.file}:${origin?.line}:${origin?.column}:${at.at(-1)}`;
}

/** Those that an object carries itself. */
export function exceptionsOf(resource: Resource): readonly Exception[] {
  const annotations = mapping(resource.manifest.metadata).annotations;
  const exceptions: Exception[] = [];
  for (const [key, value] of texts(annotations)) {
    if (!key.startsWith(ALLOW)) continue;
    const [rule = '', container] = key.slice(ALLOW.length).split('.', 2);
    const at = ['metadata', 'annotations', key];
    exceptions.push({ rule, container, ...readReason(value), writtenOn: resource, at });
  }
  return exceptions;
}

/** `<reason>[; until YYYY-MM-DD]` */
export function readReason(value: string): Pick<Exception, 'reason' | 'until'> {
  // A date at the end is meant as one, with whatever stands before it.
  const end = /^(.*?)(?:;\s*until\b\s*(.*)|(?:^|[,\s])\s*until\s+(\d+-\d+-\d+)\s*)?$/s.exec(value) ?? [];
  const [, reason = '', until = end[3]] = end;
  return { reason: reason.trim(), until: until === undefined ? undefined : readDate(until.trim()) };
}

export function readDate(date: string): string {
  const valid = /^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(Date.parse(date));
  return valid && new Date(date).toISOString().startsWith(date) ? date : 'invalid';
}

function faultOf(
  exception: Exception,
  { standing, meant, today }: ExceptionContext,
): FoundViolation | undefined {
  const { rule, reason, until } = exception;
  const known = standing(rule);
  if (known === undefined) {
    const near = meant?.(rule);
    const expected = near === undefined ? 'and no rule has that id' : `expected "${near}"`;
    return fault(exception, exceptionOfUnknownRule, `Exception names "${rule}", ${expected}`);
  }
  if (!known.excusable) {
    return fault(exception, exceptionNotAllowed, `Exception from "${rule}", which allows none`);
  }
  if (until === 'invalid') {
    return fault(
      exception,
      exceptionMalformed,
      `Exception from "${rule}" ends on no date, expected "until YYYY-MM-DD"`,
    );
  }
  if (reason === '') {
    return fault(exception, exceptionWithoutReason, `Exception from "${rule}" gives no reason`);
  }
  if (until !== undefined && until < today) {
    return fault(exception, exceptionExpired, `Exception from "${rule}" ended on ${until}`);
  }
  return undefined;
}

function fault({ writtenOn, at }: Exception, rule: Rule, message: string): FoundViolation {
  return { resource: writtenOn, violation: { rule, at, message } };
}

function covers({ rule, container }: Exception, { resource, violation }: FoundViolation): boolean {
  if (rule !== violation.rule.id) return false;
  return container === undefined || container === containerAt(resource, violation.at);
}

/** The name of the container that a path leads into. */
function containerAt(resource: Resource, path: Path): string | undefined {
  const pod = podOf(resource);
  if (pod === undefined || path.length < pod.path.length + 2) return undefined;
  const container = mapping(valueAt(resource.manifest, path.slice(0, pod.path.length + 2)));
  return text(container.name);
}

function misplaced(resource: Resource): readonly FoundViolation[] {
  const pod = podOf(resource);
  if (pod === undefined || pod.metadataPath.length === 1) return [];
  const found: FoundViolation[] = [];
  for (const [key] of texts(pod.annotations)) {
    if (!key.startsWith(ALLOW)) continue;
    const at = [...pod.metadataPath, 'annotations', key];
    const message = `Exception "${key}" stands on the pod template, expected it on the ${resource.id.kind} itself`;
    found.push({ resource, violation: { rule: exceptionOnPodTemplate, at, message } });
  }
  return found;
}
