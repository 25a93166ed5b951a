import type { Rule } from '../core/finding.ts';
import type { Inventory } from '../core/inventory.ts';
import type { Policy } from '../core/policy.ts';
import type { ActivePolicy } from './policies.ts';

/** What is said of a policy in a finding. */
export function ruleOf(policy: Policy): Rule {
  const { id, severity, title, why, fix } = policy;
  return { id, category: policy.category ?? 'policy', severity, title, why, fix };
}

export interface Selection {
  /** With the policies that are off by default. */
  readonly all: boolean;
  readonly extent: Inventory['extent'];
}

/** The policies that are on, as they are declared. */
export function activePolicies(policies: readonly Policy[], selection: Selection): readonly ActivePolicy[] {
  return policies
    .filter((policy) => isOn(policy, selection))
    .map((policy) => ({ policy, rule: ruleOf(policy), parameters: policy.parameters ?? {} }));
}

function isOn(policy: Policy, { all, extent }: Selection): boolean {
  return all || policy.default === 'on' || (policy.default === 'in-clusters' && extent === 'whole');
}
