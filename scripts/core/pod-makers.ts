import { mapping, mappings, text } from './fields.ts';
import type { Inventory } from './inventory.ts';
import { memoisedIn } from './memoised.ts';
import { groupOf, type Resource } from './resource.ts';
import { podOf } from './workload.ts';

/** Groups of custom kinds whose objects make no pods. */
const NO_PODS: ReadonlySet<string> = new Set([
  'acme.cert-manager.io',
  'argoproj.io',
  'bitnami.com',
  'cert-manager.io',
  'external-secrets.io',
  'generators.external-secrets.io',
  'keda.sh',
  'kyverno.io',
  'notification.toolkit.fluxcd.io',
  'planetarium.dev',
  'source.toolkit.fluxcd.io',
  'traefik.io',
]);
const NO_PODS_KINDS: ReadonlySet<string> = new Set([
  'monitoring.coreos.com/AlertmanagerConfig',
  'monitoring.coreos.com/PodMonitor',
  'monitoring.coreos.com/Probe',
  'monitoring.coreos.com/PrometheusRule',
  'monitoring.coreos.com/ScrapeConfig',
  'monitoring.coreos.com/ServiceMonitor',
]);

const namespacesWithMakers = memoisedIn((inventory: Inventory): ReadonlySet<string> => {
  const made = new Set<string>();
  for (const resource of inventory.resources) addMadeIn(made, inventory, resource);
  return made;
});

/**
 * Whether an operator, a remote chart or the provider of the cluster makes pods in that namespace, whose labels nobody can know: a selector that
 * matches nothing in git may match those.
 */
export function hasUnknownPods(inventory: Inventory, namespace: string): boolean {
  // Its provider runs DNS, proxies and often the control plane there.
  if (namespace === 'kube-system') return true;
  return namespacesWithMakers(inventory).has(namespace);
}

function addMadeIn(made: Set<string>, inventory: Inventory, resource: Resource): void {
  const { kind, apiVersion } = resource.id;
  const group = groupOf(apiVersion);
  if (!group.includes('.') || group.endsWith('.k8s.io')) return;
  const spec = mapping(resource.manifest.spec);
  if (group === 'argoproj.io' && kind === 'Application') {
    const sources = [mapping(spec.source), ...mappings(spec.sources).map(([, source]) => source)];
    const isRemote = sources.some(({ chart }) => chart !== undefined);
    if (isRemote) made.add(text(mapping(spec.destination).namespace) ?? '');
  } else if (group === 'helm.toolkit.fluxcd.io' || group === 'kustomize.toolkit.fluxcd.io') {
    made.add(text(spec.targetNamespace) ?? inventory.namespaceOf(resource));
  } else if (!NO_PODS.has(group) && !NO_PODS_KINDS.has(`${group}/${kind}`) && podOf(resource) === undefined) {
    made.add(inventory.namespaceOf(resource));
  }
}
