import type { Finding } from '../core/finding.ts';
import { toPointer } from '../core/path.ts';

/**
 * One mistake is reported once: findings that come from the same value, or that differ only in the cluster or in
 * which object of a base used twice they are in, become one that names all clusters. Sorted by place, then rule,
 * then message, by code unit.
 */
export function mergeFindings(findings: Iterable<Finding>): readonly Finding[] {
  const groups = new Map<string, Group>();
  const seen = new Map<string, string[]>();
  for (const finding of findings) {
    const key = mistakeOf(finding, seen);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, { finding, clusters: new Set(finding.clusters) });
      continue;
    }
    for (const cluster of finding.clusters) group.clusters.add(cluster);
    // Whichever came first, the same one stands for all.
    if (compareFindings(finding, group.finding) < 0) group.finding = finding;
  }
  return [...groups.values()]
    .map(({ finding, clusters }) => ({ ...finding, clusters: [...clusters].sort() }))
    .sort(compareFindings);
}

interface Group {
  finding: Finding;
  readonly clusters: Set<string>;
}

/** What stays the same when one mistake is found in another object or cluster. */
function mistakeOf(finding: Finding, seen: Map<string, string[]>): string {
  const { rule, origin, message, resource, path, clusters } = finding;
  const place = [rule, origin.file, origin.line, origin.column].join('\0');
  if (finding.exact) {
    // What one field of one object breaks in two ways stays two.
    const field = [place, clusters[0], nameOf(finding), toPointer(path)].join('\0');
    const messages = seen.get(field) ?? [];
    seen.set(field, messages);
    if (!messages.includes(message)) messages.push(message);
    return `${place}\0${messages.indexOf(message)}`;
  }
  // An object of a base has another name in each of the slots.
  const said = resource === undefined ? message : message.replaceAll(resource.name, '');
  return [place, toPointer(path), said].join('\0');
}

function nameOf({ resource }: Finding): string {
  if (resource === undefined) return '';
  return `${resource.apiVersion} ${resource.kind} ${resource.namespace ?? ''} ${resource.name}`;
}

function compareFindings(a: Finding, b: Finding): number {
  return (
    compareText(a.origin.file, b.origin.file) ||
    a.origin.line - b.origin.line ||
    a.origin.column - b.origin.column ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message) ||
    compareText(toPointer(a.path), toPointer(b.path)) ||
    compareText(nameOf(a), nameOf(b))
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
