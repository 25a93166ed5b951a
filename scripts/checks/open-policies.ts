import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { policies } from '../../policies/index.ts';
import { Failure } from '../core/failure.ts';
import type { Resource } from '../core/resource.ts';
import { isMapping } from '../core/value.ts';
import { parseDocuments } from '../yaml/parse.ts';
import { originOf } from '../yaml/place.ts';
import { toResource } from '../yaml/resource.ts';
import { valueOf } from '../yaml/value.ts';
import type { ClusterView } from './cluster-view.ts';
import { exceptionFile } from './exception-file.ts';
import type { ExceptionContext } from './exceptions.ts';
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

/** One of our own files, with its places; undefined where it is not there. */
function readDocument(root: string, file: string): Resource | undefined {
  const path = join(root, file);
  if (!existsSync(path)) return undefined;
  const document = parseDocuments({ file, text: readFileSync(path, 'utf8') }, 'go-yaml-v3')[0];
  const problem = document?.problems[0];
  if (problem !== undefined) throw new Failure(problem.message, { origin: originOf(problem.place) });
  if (document?.root?.kind !== 'mapping') throw new Failure(`"${file}" holds no mapping`);
  const manifest = valueOf(document.root);
  return isMapping(manifest) ? toResource(document.root, manifest) : undefined;
}
