import { byKind } from '../by-kind.ts';
import type { External } from '../cluster.ts';
import { mapping, mappings, text } from '../fields.ts';
import { CLUSTER_SCOPED, type Inventory } from '../inventory.ts';
import { groupOf, type Resource } from '../resource.ts';
import type { Mapping } from '../value.ts';
import { keyOf, type Target } from './reference.ts';

/** What exists though no manifest of that kind and name is in git. */
export interface Provided extends Target {
  /** The keys of a Secret; undefined where they cannot be known. */
  readonly keys: ReadonlySet<string> | undefined;
}

/** What every cluster, or its Argo CD, has from the start, `namespace/name`, or the name alone for a kind of the whole cluster. */
const BUILT_IN: Readonly<Record<string, RegExp>> = {
  '/Namespace': /^(?:default|kube-system|kube-public|kube-node-lease)$/,
  '/ServiceAccount': /\/default$|^kube-system\//,
  '/ConfigMap':
    /\/kube-root-ca\.crt$|^kube-system\/(?:coredns|kube-proxy|extension-apiserver-authentication)$/,
  '/Service': /^default\/kubernetes$|^kube-system\/kube-dns$/,
  'scheduling.k8s.io/PriorityClass': /^system-(?:cluster|node)-critical$/,
  'rbac.authorization.k8s.io/ClusterRole': /^(?:cluster-admin|admin|edit|view)$|^system:/,
  'rbac.authorization.k8s.io/Role':
    /^(?:kube-system|kube-public)\/(?:system:|extension-apiserver-authentication-reader$)/,
  'argoproj.io/AppProject': /\/default$/,
};

export function isBuiltIn({ group, kind, namespace, name }: Target): boolean {
  const known = BUILT_IN[`${group}/${kind}`];
  return known?.test(namespace === '' ? name : `${namespace}/${name}`) ?? false;
}

/** What operators make from the objects that are in git, and what is declared as coming from elsewhere. */
export function providedIn(inventory: Inventory): ReadonlyMap<string, Provided> {
  const provided = new Map<string, Provided>();
  const add = (target: Target, keys?: ReadonlySet<string>) => {
    provided.set(keyOf(target), { ...target, keys });
  };
  for (const resource of inventory.resources) {
    const made = makerOf(resource.id.kind, resource.id.apiVersion)?.(resource);
    if (made === undefined) continue;
    const kind = made.kind ?? 'Secret';
    const namespace = kind === 'Namespace' ? '' : inventory.namespaceOf(resource);
    for (const name of made.names) add({ group: '', kind, namespace, name }, made.keys);
  }
  for (const external of inventory.cluster.externals) add(targetOf(external));
  return provided;
}

/** What a declaration in `cluster.yaml` stands for. */
export function targetOf({ apiVersion, kind, namespace, name }: External): Target {
  const where = namespace ?? (CLUSTER_SCOPED.has(kind) ? '' : 'default');
  return { group: groupOf(apiVersion), kind, namespace: where, name };
}

interface Made {
  readonly kind?: 'Namespace';
  readonly names: readonly string[];
  readonly keys?: ReadonlySet<string>;
}
type Maker = (resource: Resource) => Made;

const spec = (resource: Resource): Mapping => mapping(resource.manifest.spec);
const named = (value: unknown): readonly string[] =>
  typeof value === 'string' && value !== '' ? [value] : [];

/** https://external-secrets.io/latest/api/externalsecret/: with `dataFrom` or a template the keys are the store's. */
const externalSecret: Maker = (resource) => {
  const { target, data, dataFrom } = spec(resource);
  const names = [text(mapping(target).name) ?? resource.id.name];
  if (dataFrom !== undefined || mapping(target).template !== undefined) return { names };
  return { names, keys: new Set(mappings(data).map(([, { secretKey }]) => text(secretKey) ?? '')) };
};

/** https://cert-manager.io/docs/reference/api-docs/: keystores and other formats add keys. */
const certificate: Maker = (resource) => {
  const { secretName, keystores, additionalOutputFormats } = spec(resource);
  const names = named(secretName);
  if (keystores !== undefined || additionalOutputFormats !== undefined) return { names };
  return { names, keys: new Set(['tls.crt', 'tls.key', 'ca.crt']) };
};

const sealedSecret: Maker = (resource) => {
  const { encryptedData, template } = spec(resource);
  const keys = new Set(Object.keys(mapping(encryptedData)));
  for (const key in mapping(mapping(template).data)) keys.add(key);
  return { names: [text(mapping(mapping(template).metadata).name) ?? resource.id.name], keys };
};

/** cert-manager makes a Certificate for an Ingress or Gateway that carries one of its annotations. */
const shimmed =
  (secrets: (resource: Resource) => readonly string[]): Maker =>
  (resource) => {
    const annotations = mapping(mapping(resource.manifest.metadata).annotations);
    const isShimmed =
      annotations['cert-manager.io/cluster-issuer'] !== undefined ||
      annotations['cert-manager.io/issuer'] !== undefined ||
      annotations['kubernetes.io/tls-acme'] === 'true';
    return { names: isShimmed ? secrets(resource) : [] };
  };

const tlsSecrets = (resource: Resource): readonly string[] =>
  mappings(spec(resource).tls).flatMap(([, { secretName }]) => named(secretName));
const listenerSecrets = (resource: Resource): readonly string[] =>
  mappings(spec(resource).listeners).flatMap(([, { tls }]) =>
    mappings(mapping(tls).certificateRefs).flatMap(([, { name }]) => named(name)),
  );

/** An Application with `CreateNamespace=true` makes the namespace of its destination. */
const application: Maker = (resource) => {
  const { destination, syncPolicy } = spec(resource);
  const options = mapping(syncPolicy).syncOptions;
  const creates = Array.isArray(options) && options.includes('CreateNamespace=true');
  return { kind: 'Namespace', names: creates ? named(mapping(destination).namespace) : [] };
};

const makerOf = byKind<Maker>({
  ExternalSecret: { 'external-secrets.io': externalSecret },
  Certificate: { 'cert-manager.io': certificate },
  SealedSecret: { 'bitnami.com': sealedSecret },
  VaultStaticSecret: {
    'secrets.hashicorp.com': (each) => ({ names: named(mapping(spec(each).destination).name) }),
  },
  VaultDynamicSecret: {
    'secrets.hashicorp.com': (each) => ({ names: named(mapping(spec(each).destination).name) }),
  },
  OnePasswordItem: { 'onepassword.com': (each) => ({ names: [each.id.name] }) },
  Ingress: { 'networking.k8s.io': shimmed(tlsSecrets) },
  Gateway: { 'gateway.networking.k8s.io': shimmed(listenerSecrets) },
  Application: { 'argoproj.io': application },
});
