import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { each, list, mapping, text } from './read.ts';

const RESTART_POLICIES = ['Always', 'Never', 'OnFailure'];
const RESIZED = ['cpu', 'memory'];
const RESIZE_POLICIES = ['NotRequired', 'RestartContainer'];

/** Whether a container restarts when its resources change. */
export function checkResizePolicy(container: Mapping, at: Field, restartPolicy: string): void {
  const seen = new Set<string>();
  // The server names most of these mistakes at the list.
  const here = at.at('resizePolicy');
  each(container, 'resizePolicy', at, (policy, place, index) => {
    const resource = text(policy, 'resourceName') ?? '';
    const restart = text(policy, 'restartPolicy') ?? '';
    const listed = here.within(index);
    if (seen.has(resource)) place.duplicate(resource);
    seen.add(resource);
    if (resource === '') listed.within('resourceName').required('cpu or memory');
    else if (!RESIZED.includes(resource)) listed.within('resourceName').unsupported(resource, RESIZED);
    if (restart === '') listed.within('restartPolicy').required(RESIZE_POLICIES.join(' or '));
    else if (!RESIZE_POLICIES.includes(restart))
      listed.within('restartPolicy').unsupported(restart, RESIZE_POLICIES);
    if (restartPolicy === 'Never' && restart !== 'NotRequired')
      listed.within('restartPolicy').invalid(restart, 'NotRequired, as the pod is never restarted');
  });
}

/** Restart policies of single containers, since 1.35 (ContainerRestartRules). */
export function checkRestart(container: Mapping, at: Field, init: boolean): void {
  const policy = container.restartPolicy;
  if (typeof policy === 'string' && !RESTART_POLICIES.includes(policy))
    at.at('restartPolicy').unsupported(policy, RESTART_POLICIES);
  const rules = list(container, 'restartPolicyRules');
  if (rules.length === 0) return;
  if (policy === undefined || policy === null)
    at.at('restartPolicy').required('a policy, with restartPolicyRules');
  if (init && policy === 'Always') at.at('restartPolicyRules').forbidden('with restartPolicy: Always');
  if (rules.length > 20) at.at('restartPolicyRules').tooLong(rules.length, 20, 'rules');
  each(container, 'restartPolicyRules', at, (rule, place) => {
    const action = text(rule, 'action') ?? '';
    if (action !== 'Restart' && action !== 'RestartAllContainers')
      place.at('action').unsupported(action, ['Restart', 'RestartAllContainers']);
    const codes = mapping(rule, 'exitCodes');
    if (codes === undefined) {
      place.at('exitCodes').required('exit codes');
      return;
    }
    const here = place.at('exitCodes');
    const operator = text(codes, 'operator') ?? '';
    if (operator === '') here.at('operator').required('In or NotIn');
    else if (operator !== 'In' && operator !== 'NotIn')
      here.at('operator').unsupported(operator, ['In', 'NotIn']);
    const values = list(codes, 'values');
    if (values.length > 255) here.at('values').tooLong(values.length, 255, 'values');
  });
}
