import { mapping, mappings } from '../../scripts/core/fields.ts';
import type { PodPolicy } from '../../scripts/core/policy.ts';

export default {
  id: 'dns-options-missing',
  of: 'pod',
  severity: 'warning',
  default: 'off',
  title: 'Pod does not set the DNS option that is asked for',
  why: 'With the usual five dots each outside name is looked up several times. Off by default: a name that ends in a dot does the same without it.',
  fix: 'Set it under `dnsConfig.options`.',
  peers: ['kube-linter/dnsconfig-options'],
  parameters: { name: 'ndots', value: '2' },

  *check(spec, { name, value }) {
    for (const [, option] of mappings(mapping(spec.dnsConfig).options)) {
      if (option.name === name && option.value === value) return;
    }
    yield {
      at: ['dnsConfig', 'options'],
      message: `Pod does not set the DNS option "${name}" to "${value}"`,
    };
  },
} satisfies PodPolicy<{ name: string; value: string }>;
