import type { Mapping } from '../core/value.ts';
import { checkEnvironment } from './environment.ts';
import type { Field } from './field.ts';
import { needSyntax, needText, oneOf } from './fields.ts';
import { checkMounts } from './mounts.ts';
import { checkProbes } from './probes.ts';
import { each, has, inside, integer, list, mapping, text } from './read.ts';
import { checkResources } from './resources.ts';
import { serverRule } from './rule.ts';
import { checkContainerSecurity } from './security.ts';
import { DNS_LABEL, PORT_NAME } from './syntax.ts';
import type { Volumes } from './volumes.ts';

export const REFUSED_CONTAINER = serverRule({
  id: 'refused-container',
  title: 'Container that the API server refuses',
  why: 'A container needs a name of its own and an image, and its ports and policies must be ones that a node can carry out.',
  fix: 'Complete the container, or take out what its kind (regular or init) does not take.',
  covers: [
    'names: DNS labels, each once among regular and init containers',
    'an image; pull, restart, termination message and resize policies',
    'ports: numbers, names, protocols, host ports used once and equal to the port on the network of the host',
    'probes and hooks only on regular containers and sidecars',
    'restart rules by exit code',
  ],
});

/** What containers need to know of their pod. */
export interface PodOfContainers {
  readonly volumes: Volumes;
  readonly claims: ReadonlySet<string>;
  readonly hostUsers: boolean;
  readonly hostNetwork: boolean;
  readonly gracePeriod: number;
  readonly restartPolicy: string;
  /** Not a template: stricter in a few places. */
  readonly bare: boolean;
}

const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];
const MESSAGE_POLICIES = ['File', 'FallbackToLogsOnError'];
const RESTART_POLICIES = ['Always', 'Never', 'OnFailure'];

export function checkContainers(spec: Mapping, parent: Field, pod: PodOfContainers): void {
  const at = parent.under(REFUSED_CONTAINER);
  const names = new Set<string>();
  const hostPorts = new Set<string>();
  if (list(spec, 'containers').length === 0 && (Array.isArray(spec.containers) || !has(spec, 'containers')))
    at.at('containers').required('at least one container');
  each(spec, 'containers', at, (container, place) => {
    checkCommon(container, place, pod);
    checkProbes(container, place, pod.gracePeriod);
    checkName(container, place, names);
    checkHostPorts(container, place, hostPorts, pod);
    if (at.context.minor < 35) {
      if (has(container, 'restartPolicy')) place.at('restartPolicy').forbidden('on a regular container');
    } else checkRestart(container, place, false);
  });
  const first = at.at('initContainers');
  each(spec, 'initContainers', at, (container, place) => {
    checkCommon(container, place, pod);
    checkName(container, place, names);
    // Init containers run one by one; the server numbers each as if it were the only one.
    checkHostPorts(container, first.at(0), new Set(), pod);
    const sidecar = text(container, 'restartPolicy') === 'Always';
    if (at.context.minor < 35) oneOf(container, 'restartPolicy', ['Always'], place);
    else checkRestart(container, place, true);
    if (sidecar) checkProbes(container, place, pod.gracePeriod);
    else
      for (const key of ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'])
        if (has(container, key))
          place.at(key).forbidden('on an init container without restartPolicy: Always');
  });
}

function checkName(container: Mapping, at: Field, names: Set<string>): void {
  const name = text(container, 'name') ?? '';
  if (name === '') return;
  if (names.has(name)) at.at('name').duplicate(name);
  names.add(name);
}

function checkCommon(container: Mapping, at: Field, pod: PodOfContainers): void {
  needSyntax(container, 'name', DNS_LABEL, at);
  needText(container, 'image', 'an image', at);
  const image = text(container, 'image');
  if (pod.bare && image !== undefined && image !== image.trim())
    at.at('image').invalid(image, 'no space around it');
  oneOf(container, 'imagePullPolicy', PULL_POLICIES, at);
  oneOf(container, 'terminationMessagePolicy', MESSAGE_POLICIES, at);
  if (has(container, 'ports')) checkPorts(container, at, pod);
  checkEnvironment(container, at, pod.volumes);
  checkMounts(container, at, pod.volumes);
  inside(container, 'resources', at, (resources, place) => checkResources(resources, place, pod.claims));
  if (has(container, 'resizePolicy')) checkResizePolicy(container, at, pod.restartPolicy);
  checkContainerSecurity(container, at, pod.hostUsers);
  if (!pod.hostUsers && list(container, 'volumeDevices').length > 0)
    at.at('volumeDevices').forbidden('with hostUsers: false');
}

function checkPorts(container: Mapping, at: Field, pod: PodOfContainers): void {
  const names = new Set<string>();
  each(container, 'ports', at, (port, place) => {
    const name = text(port, 'name') ?? '';
    if (name !== '') {
      if (!PORT_NAME.test(name)) place.at('name').invalid(name, PORT_NAME.expected);
      else if (names.has(name)) place.at('name').duplicate(name);
      else names.add(name);
    }
    const number = integer(port, 'containerPort') ?? (has(port, 'containerPort') ? undefined : 0);
    if (number === 0) place.at('containerPort').required('a port from 1 to 65535');
    else if (number !== undefined && (number < 1 || number > 65535))
      place.at('containerPort').invalid(number, '1 to 65535');
    const hostPort = integer(port, 'hostPort') ?? 0;
    if (hostPort !== 0 && (hostPort < 1 || hostPort > 65535))
      place.at('hostPort').invalid(hostPort, '1 to 65535');
    // A pod's missing host port is filled with the port before this is asked.
    if (pod.hostNetwork && hostPort !== 0 && number !== undefined && hostPort !== number)
      place.at('hostPort').invalid(hostPort, `the containerPort, ${number}, as hostNetwork is true`);
    oneOf(port, 'protocol', ['TCP', 'UDP', 'SCTP'], place);
  });
}

function checkHostPorts(container: Mapping, at: Field, taken: Set<string>, pod: PodOfContainers): void {
  each(container, 'ports', at, (port, place) => {
    // On the network of the host, a pod's port is a port of the host.
    const shared = pod.bare && pod.hostNetwork ? integer(port, 'containerPort') : 0;
    const hostPort = (integer(port, 'hostPort') || shared) ?? 0;
    if (hostPort === 0) return;
    const key = `${text(port, 'protocol') || 'TCP'}/${text(port, 'hostIP') ?? ''}/${hostPort}`;
    if (taken.has(key)) place.at('hostPort').duplicate(hostPort);
    taken.add(key);
  });
}

const RESIZED = ['cpu', 'memory'];
const RESIZE_POLICIES = ['NotRequired', 'RestartContainer'];

function checkResizePolicy(container: Mapping, at: Field, restartPolicy: string): void {
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
function checkRestart(container: Mapping, at: Field, init: boolean): void {
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
