import type { Mapping } from '../core/value.ts';
import { checkResizePolicy, checkRestart } from './container-policies.ts';
import { checkHostPorts, checkPorts } from './container-ports.ts';
import { REFUSED_CONTAINER } from './container-rule.ts';
import { checkEnvironment } from './environment.ts';
import type { Field } from './field.ts';
import { needItems, needSyntax, needText, oneOf } from './fields.ts';
import { checkMounts } from './mounts.ts';
import { checkProbes } from './probes.ts';
import { EMPTY, each, has, inside, list, mapping, text } from './read.ts';
import { checkResources } from './resources.ts';
import { checkContainerSecurity } from './security.ts';
import { DNS_LABEL } from './syntax.ts';
import type { Volumes } from './volumes.ts';

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

export function checkContainers(spec: Mapping, parent: Field, pod: PodOfContainers): void {
  const at = parent.under(REFUSED_CONTAINER);
  const names = new Set<string>();
  const hostPorts = new Set<string>();
  const shared = pod.bare && pod.hostNetwork;
  needItems(spec, 'containers', 'at least one container', at);
  each(spec, 'containers', at, (container, place) => {
    checkCommon(container, place, pod);
    checkProbes(container, place, pod.gracePeriod);
    checkName(container, place, names);
    checkHostPorts(container, place, hostPorts, shared);
    if (at.context.minor < 35) {
      if (has(container, 'restartPolicy')) place.at('restartPolicy').forbidden('on a regular container');
    } else checkRestart(container, place, false);
  });
  const first = at.at('initContainers');
  each(spec, 'initContainers', at, (container, place) => {
    checkCommon(container, place, pod);
    checkName(container, place, names);
    // Init containers run one by one; the server numbers each as if it were the only one.
    checkHostPorts(container, first.at(0), new Set(), shared);
    const sidecar = text(container, 'restartPolicy') === 'Always';
    if (at.context.minor < 35) oneOf(container, 'restartPolicy', ['Always'], place);
    else checkRestart(container, place, true);
    if (sidecar) checkProbes(container, place, pod.gracePeriod);
    else
      for (const key of ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'])
        if (has(container, key) && !(key === 'lifecycle' && isDropped(container)))
          place.at(key).forbidden('on an init container without restartPolicy: Always');
  });
}

/** ContainerStopSignals is off by default: with the signal goes the hook that has nothing else. */
function isDropped(container: Mapping): boolean {
  const lifecycle = mapping(container, 'lifecycle') ?? EMPTY;
  return has(lifecycle, 'stopSignal') && !has(lifecycle, 'preStop') && !has(lifecycle, 'postStart');
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
  if (has(container, 'ports')) checkPorts(container, at, pod.hostNetwork);
  checkEnvironment(container, at, pod.volumes);
  checkMounts(container, at, pod.volumes);
  inside(container, 'resources', at, (resources, place) => checkResources(resources, place, pod.claims));
  if (has(container, 'resizePolicy')) checkResizePolicy(container, at, pod.restartPolicy);
  checkContainerSecurity(container, at, pod.hostUsers);
  if (!pod.hostUsers && list(container, 'volumeDevices').length > 0)
    at.at('volumeDevices').forbidden('with hostUsers: false');
}
