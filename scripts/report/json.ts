import { createHash } from 'node:crypto';
import type { Finding } from '../core/finding.ts';
import { toPointer } from '../core/path.ts';
import type { Summary } from '../core/summary.ts';

/** The shape of `--format json`, held by `schemas/report.schema.json`. */
export function reportJson(findings: readonly Finding[], summary: Summary): string {
  const fingerprints = fingerprintsOf(findings);
  const report = {
    version: 1,
    findings: findings.map((finding, index) => ({
      rule: finding.rule,
      category: finding.category,
      severity: finding.severity,
      message: finding.message,
      why: finding.why,
      fix: finding.fix,
      resource: finding.resource ?? null,
      path: toPointer(finding.path),
      origin: finding.origin,
      clusters: finding.clusters,
      fingerprint: fingerprints[index],
    })),
    summary,
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

/**
 * One for each finding, the same when lines move: made of rule, file, object, field and message. Equal ones are
 * told apart by their order.
 */
export function fingerprintsOf(findings: readonly Finding[]): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map(({ rule, origin, resource, path, message }) => {
    const object = resource
      ? [resource.apiVersion, resource.kind, resource.namespace ?? '', resource.name]
      : [];
    const identity = JSON.stringify([rule, origin.file, object, toPointer(path), message]);
    const count = seen.get(identity) ?? 0;
    seen.set(identity, count + 1);
    return createHash('sha256').update(`${identity}${count}`).digest('hex').slice(0, 16);
  });
}
