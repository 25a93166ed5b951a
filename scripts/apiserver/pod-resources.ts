import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { amountOf, type Quantity, quantityOf } from './quantity.ts';
import { has, itemOf, list, mapping, text } from './read.ts';
import { checkResources, REFUSED_RESOURCES } from './resources.ts';

const SUPPORTED = ['cpu', 'memory', 'hugepages-<size>'];
const NO_CLAIMS: ReadonlySet<string> = new Set();

/** `resources` of a pod as a whole, since 1.34 (PodLevelResources). */
export function checkPodResources(spec: Mapping, parent: Field): void {
  const resources = mapping(spec, 'resources');
  if (resources === undefined || parent.context.minor < 34) return;
  const at = parent.under(REFUSED_RESOURCES).at('resources');
  if (has(resources, 'claims')) at.at('claims').forbidden('for a pod as a whole');
  checkResources(resources, at, NO_CLAIMS, (name, place) => {
    if (name === 'cpu' || name === 'memory' || name.startsWith('hugepages-')) return true;
    place.refuse(`resource "${name}" is none of pods as a whole, expected one of ${SUPPORTED.join(', ')}`);
    return false;
  });
  const requests = mapping(resources, 'requests');
  if (requests !== undefined) {
    for (const name of Object.keys(requests)) {
      const sum = requestsOf(spec, name);
      const own = amountOf(requests, name);
      if (own !== undefined && own < sum)
        at.at('requests').at(name).invalid(requests[name], 'no less than its containers request together');
    }
  }
  const limits = mapping(resources, 'limits');
  if (limits === undefined) return;
  const containers = list(spec, 'containers');
  for (let i = 0; i < containers.length; i++) {
    const container = itemOf(containers[i]);
    const own = container && mapping(mapping(container, 'resources') ?? {}, 'limits');
    for (const name of Object.keys(own ?? {})) {
      const limit = quantityOf(own?.[name]);
      const ofPod = quantityOf(limits[name]);
      if (limit !== undefined && ofPod !== undefined && limit > ofPod)
        // The server's own path: the field stands at the container.
        at.at('containers')
          .at(i)
          .at(name)
          .at('limits')
          .invalid(own?.[name], 'no more than the limit of the pod');
    }
  }
}

/** What the containers request together: init containers one by one, sidecars as long as the pod runs. */
function requestsOf(spec: Mapping, name: string): Quantity {
  let running = 0n;
  for (const container of list(spec, 'containers')) running += requestOf(itemOf(container), name);
  let sidecars = 0n;
  let starting = 0n;
  for (const item of list(spec, 'initContainers')) {
    const container = itemOf(item);
    const request = requestOf(container, name);
    if (container !== undefined && text(container, 'restartPolicy') === 'Always') {
      sidecars += request;
      running += request;
      if (sidecars > starting) starting = sidecars;
    } else if (sidecars + request > starting) starting = sidecars + request;
  }
  return running > starting ? running : starting;
}

function requestOf(container: Mapping | undefined, name: string): Quantity {
  const resources = container && mapping(container, 'resources');
  const requests = resources && mapping(resources, 'requests');
  return quantityOf(requests?.[name]) ?? 0n;
}
