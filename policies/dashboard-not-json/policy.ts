import type { ResourcePolicy } from '../../scripts/core/policy.ts';
import { isMapping } from '../../scripts/core/value.ts';

export default {
  id: 'dashboard-not-json',
  of: 'resource',
  kinds: ['ConfigMap'],
  severity: 'error',
  default: 'on',
  title: 'Dashboard cannot be parsed',
  why: 'Grafana leaves out a dashboard whose JSON it cannot parse, and nobody sees that until it is looked for, in an incident.',
  fix: 'Correct the JSON, or export the dashboard from Grafana again.',

  *check({ manifest }) {
    const { metadata, data } = manifest;
    const labels = isMapping(metadata) ? metadata.labels : undefined;
    if (!isMapping(labels) || labels.grafana_dashboard === undefined || !isMapping(data)) return;
    for (const [key, text] of Object.entries(data)) {
      if (!key.endsWith('.json') || typeof text !== 'string' || isJson(text)) continue;
      yield { at: ['data', key], message: `Dashboard "${key}" is no JSON, expected a JSON object` };
    }
  },
} satisfies ResourcePolicy;

function isJson(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
