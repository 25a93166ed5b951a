import type { Finding } from '../core/finding.ts';
import { toPointer } from '../core/path.ts';

/**
 * One mistake is reported once: findings that differ only in the cluster become one that names all of them.
 * Sorted by place, then rule, then message, by code unit.
 */
export function mergeFindings(findings: Iterable<Finding>): readonly Finding[] {
  const merged = new Map<string, { readonly finding: Finding; readonly clusters: Set<string> }>();
  for (const finding of findings) {
    const key = identityOf(finding);
    const seen = merged.get(key);
    if (seen === undefined) merged.set(key, { finding, clusters: new Set(finding.clusters) });
    else for (const cluster of finding.clusters) seen.clusters.add(cluster);
  }
  return [...merged.entries()]
    .map(([key, { finding, clusters }]) => ({ key, finding: { ...finding, clusters: [...clusters].sort() } }))
    .sort((a, b) => compareFindings(a.finding, b.finding) || compareText(a.key, b.key))
    .map(({ finding }) => finding);
}

function identityOf({ rule, origin, message, resource, path }: Finding): string {
  const object =
    resource && `${resource.apiVersion} ${resource.kind} ${resource.namespace ?? ''} ${resource.name}`;
  return [rule, origin.file, origin.line, origin.column, object, toPointer(path), message].join('\0');
}

function compareFindings(a: Finding, b: Finding): number {
  return (
    compareText(a.origin.file, b.origin.file) ||
    a.origin.line - b.origin.line ||
    a.origin.column - b.origin.column ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
