import { items, mapping, mappings, text } from '../../scripts/core/fields.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'host-without-certificate',
  of: 'resource',
  severity: 'warning',
  default: 'on',
  title: 'Ingress serves a host that its TLS settings leave out',
  why: 'Visitors of that host get the controller’s own certificate, and their browser refuses it.',
  fix: 'Add the host to `spec.tls[].hosts`.',
  kinds: ['Ingress'],

  *check({ id, manifest }) {
    const { tls, rules } = mapping(manifest.spec);
    const entries = mappings(tls).map(([, { hosts }]) => items(hosts));
    // An entry without hosts stands for all of them.
    if (entries.length === 0 || entries.some((hosts) => hosts.length === 0)) return;
    const covered = new Set(entries.flat());
    for (const [index, rule] of mappings(rules)) {
      const host = text(rule.host);
      if (host === undefined || covered.has(host) || covered.has(host.replace(/^[^.]+/, '*'))) continue;
      yield {
        at: ['spec', 'rules', index, 'host'],
        message: `Ingress "${id.name}" serves the host "${host}", which its TLS settings leave out`,
      };
    }
  },
} satisfies ResourcePolicy;
