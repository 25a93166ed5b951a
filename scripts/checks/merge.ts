import type { Finding } from '../core/finding.ts';
import { toPointer } from '../core/path.ts';

/**
 * One mistake is reported once: findings that differ only in the cluster, or in which object of a base used twice
 * they are in, become one that names all of them. Sorted by place, then rule, then message, by code unit.
 */
export function mergeFindings(findings: Iterable<Finding>): readonly Finding[] {
  const groups = new Map<string, Group>();
  for (const finding of findings) {
    const key = mistakeOf(finding);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, { finding, clusters: new Set(finding.clusters) });
      continue;
    }
    for (const cluster of finding.clusters) group.clusters.add(cluster);
    // Whichever came first, the same object stands for all.
    if (nameOf(finding) < nameOf(group.finding)) group.finding = finding;
  }
  return [...groups.values()]
    .map(({ finding, clusters }) => ({ ...finding, clusters: [...clusters].sort() }))
    .sort(compareFindings);
}

interface Group {
  finding: Finding;
  readonly clusters: Set<string>;
}

/** What stays the same when the object has another name, as a base's has in each of its slots. */
function mistakeOf({ rule, origin, message, resource, path }: Finding): string {
  const said = resource === undefined ? message : message.replaceAll(resource.name, '');
  return [rule, origin.file, origin.line, origin.column, toPointer(path), said].join('\0');
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
