import { policies } from '../../policies/index.ts';
import type { ClusterView } from './cluster-view.ts';
import { exceptionFile } from './exception-file.ts';
import type { ExceptionContext } from './exceptions.ts';
import { readDocument } from './own-file.ts';
import { type ActivePolicy, type PolicyChecker, policyChecker } from './policies.ts';
import { activePolicies, NO_SETTINGS, policySettings } from './rules.ts';

export interface OpenPolicies {
  readonly active: readonly ActivePolicy[];
  readonly checker: PolicyChecker;
  readonly exceptions: Pick<ExceptionContext, 'fromFile'>;
}

const EXCEPTIONS = 'policies/exceptions.yaml';

/** The policies that hold in this repository, by its package.json and its file of exceptions. */
export function openPolicies(options: {
  readonly root: string;
  readonly all: boolean;
  readonly extent: ClusterView['extent'];
  readonly ofCluster?: boolean;
}): OpenPolicies {
  const settings = readDocument(options.root, 'package.json');
  const active = activePolicies(
    policies,
    options,
    settings === undefined ? NO_SETTINGS : policySettings(settings, policies),
  );
  const exceptions = readDocument(options.root, EXCEPTIONS);
  return {
    active,
    checker: policyChecker(active),
    exceptions: exceptions === undefined ? {} : { fromFile: exceptionFile(exceptions) },
  };
}

/** The ids of all policies that an exception may excuse, whether they are on or not. */
export function excusableRules(): ReadonlySet<string> {
  return new Set(policies.filter((policy) => policy.exceptions !== 'forbidden').map(({ id }) => id));
}
