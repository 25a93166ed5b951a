import { byKind } from '../by-kind.ts';
import { mapping, mappings, text } from '../fields.ts';
import { memoised } from '../memoised.ts';
import type { Path } from '../path.ts';
import { groupOf } from '../resource.ts';
import { isMapping, type Mapping, type Value } from '../value.ts';
import type { Collector, Named } from './reference.ts';

/** The kinds that name others, beside pods. A kind joins by a line in the table at the end. */

function name(
  found: Named[],
  group: string,
  kind: string,
  value: Value | undefined,
  at: Path,
  namespace?: Value,
): void {
  const written = text(value);
  if (written === undefined || written === '') return;
  const where = text(namespace);
  found.push({ group, kind, name: written, at, ...(where === undefined ? {} : { namespace: where }) });
}

/** A field of that path, where it is written. */
const at =
  (group: string, kind: string, ...path: readonly string[]): Collector =>
  (manifest, found) => {
    let value: Value | undefined = manifest;
    for (const step of path) value = mapping(value)[step];
    name(found, group, kind, value, path);
  };

const all =
  (...collectors: readonly Collector[]): Collector =>
  (manifest, found) => {
    for (const collector of collectors) collector(manifest, found);
  };

/** `{ apiVersion, kind, name }` */
const typed =
  (...path: readonly string[]): Collector =>
  (manifest, found) => {
    let value: Value | undefined = manifest;
    for (const step of path) value = mapping(value)[step];
    const ref = mapping(value);
    name(found, groupOf(text(ref.apiVersion) ?? ''), text(ref.kind) ?? '', ref.name, [...path, 'name']);
  };

const ingress: Collector = (manifest, found) => {
  const spec = mapping(manifest.spec);
  name(found, 'networking.k8s.io', 'IngressClass', spec.ingressClassName, ['spec', 'ingressClassName']);
  for (const [index, { secretName }] of mappings(spec.tls)) {
    name(found, '', 'Secret', secretName, ['spec', 'tls', index, 'secretName']);
  }
  backend(found, spec.defaultBackend, ['spec', 'defaultBackend']);
  for (const [rule, { http }] of mappings(spec.rules)) {
    for (const [path, each] of mappings(mapping(http).paths)) {
      backend(found, each.backend, ['spec', 'rules', rule, 'http', 'paths', path, 'backend']);
    }
  }
  const annotations = mapping(mapping(manifest.metadata).annotations);
  const on = (key: string): Path => ['metadata', 'annotations', key];
  for (const [key, kind] of [
    ['cert-manager.io/cluster-issuer', 'ClusterIssuer'],
    ['cert-manager.io/issuer', 'Issuer'],
  ] as const) {
    name(found, 'cert-manager.io', kind, annotations[key], on(key));
  }
  // https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/ingress/: <namespace>-<name>@kubernetescrd
  const middlewares = 'traefik.ingress.kubernetes.io/router.middlewares';
  for (const each of (text(annotations[middlewares]) ?? '').split(',')) {
    const full = each.trim();
    if (!full.endsWith('@kubernetescrd')) continue;
    found.push({
      group: 'traefik.io',
      kind: 'Middleware',
      namespace: '*',
      name: full.slice(0, -14),
      at: on(middlewares),
    });
  }
};

function backend(found: Named[], value: Value | undefined, path: Path): void {
  const { service, serviceName } = mapping(value);
  name(found, '', 'Service', mapping(service).name, [...path, 'service', 'name']);
  // extensions/v1beta1, as older manifests have it.
  name(found, '', 'Service', serviceName, [...path, 'serviceName']);
}

const binding: Collector = (manifest, found) => {
  const ref = mapping(manifest.roleRef);
  name(found, 'rbac.authorization.k8s.io', text(ref.kind) ?? '', ref.name, ['roleRef', 'name']);
  for (const [index, subject] of mappings(manifest.subjects)) {
    if (subject.kind !== 'ServiceAccount') continue;
    name(found, '', 'ServiceAccount', subject.name, ['subjects', index, 'name'], subject.namespace);
  }
};

const serviceAccount: Collector = (manifest, found) => {
  for (const field of ['secrets', 'imagePullSecrets'] as const) {
    for (const [index, each] of mappings(manifest[field])) {
      name(found, '', 'Secret', each.name, [field, index, 'name']);
    }
  }
};

const statefulSet: Collector = (manifest, found) => {
  const spec = mapping(manifest.spec);
  name(found, '', 'Service', spec.serviceName, ['spec', 'serviceName']);
  for (const [index, claim] of mappings(spec.volumeClaimTemplates)) {
    const path = ['spec', 'volumeClaimTemplates', index, 'spec', 'storageClassName'];
    name(found, 'storage.k8s.io', 'StorageClass', mapping(claim.spec).storageClassName, path);
  }
};

const externalSecret: Collector = (manifest, found) => {
  const ref = mapping(mapping(manifest.spec).secretStoreRef);
  const kind = text(ref.kind) ?? 'SecretStore';
  name(found, 'external-secrets.io', kind, ref.name, ['spec', 'secretStoreRef', 'name']);
};

const certificate: Collector = (manifest, found) => {
  const ref = mapping(mapping(manifest.spec).issuerRef);
  const group = text(ref.group) ?? 'cert-manager.io';
  name(found, group, text(ref.kind) ?? 'Issuer', ref.name, ['spec', 'issuerRef', 'name']);
};

const webhooks: Collector = (manifest, found) => {
  for (const [index, { clientConfig }] of mappings(manifest.webhooks)) {
    const { name: service, namespace } = mapping(mapping(clientConfig).service);
    name(found, '', 'Service', service, ['webhooks', index, 'clientConfig', 'service', 'name'], namespace);
  }
};

const apiService: Collector = (manifest, found) => {
  const { name: service, namespace } = mapping(mapping(manifest.spec).service);
  name(found, '', 'Service', service, ['spec', 'service', 'name'], namespace);
};

const customResourceDefinition: Collector = (manifest, found) => {
  const webhook = mapping(mapping(mapping(manifest.spec).conversion).webhook);
  const { name: service, namespace } = mapping(mapping(webhook.clientConfig).service);
  const path = ['spec', 'conversion', 'webhook', 'clientConfig', 'service', 'name'];
  name(found, '', 'Service', service, path, namespace);
};

const route: Collector = (manifest, found) => {
  const spec = mapping(manifest.spec);
  for (const [index, parent] of mappings(spec.parentRefs)) {
    const group = text(parent.group) ?? 'gateway.networking.k8s.io';
    const kind = text(parent.kind) ?? 'Gateway';
    name(found, group, kind, parent.name, ['spec', 'parentRefs', index, 'name'], parent.namespace);
  }
  for (const [rule, { backendRefs }] of mappings(spec.rules)) {
    for (const [index, ref] of mappings(backendRefs)) {
      const path = ['spec', 'rules', rule, 'backendRefs', index, 'name'];
      name(found, text(ref.group) ?? '', text(ref.kind) ?? 'Service', ref.name, path, ref.namespace);
    }
  }
};

const gateway: Collector = (manifest, found) => {
  const spec = mapping(manifest.spec);
  name(found, 'gateway.networking.k8s.io', 'GatewayClass', spec.gatewayClassName, [
    'spec',
    'gatewayClassName',
  ]);
  for (const [listener, { tls }] of mappings(spec.listeners)) {
    for (const [index, ref] of mappings(mapping(tls).certificateRefs)) {
      const path = ['spec', 'listeners', listener, 'tls', 'certificateRefs', index, 'name'];
      name(found, text(ref.group) ?? '', text(ref.kind) ?? 'Secret', ref.name, path, ref.namespace);
    }
  }
};

const ingressRoute: Collector = (manifest, found) => {
  const spec = mapping(manifest.spec);
  name(found, '', 'Secret', mapping(spec.tls).secretName, ['spec', 'tls', 'secretName']);
  for (const [index, { services, middlewares }] of mappings(spec.routes)) {
    for (const [each, ref] of mappings(services)) {
      const kind = text(ref.kind) ?? 'Service';
      const path = ['spec', 'routes', index, 'services', each, 'name'];
      name(found, kind === 'Service' ? '' : 'traefik.io', kind, ref.name, path, ref.namespace);
    }
    for (const [each, ref] of mappings(middlewares)) {
      const path = ['spec', 'routes', index, 'middlewares', each, 'name'];
      name(found, 'traefik.io', 'Middleware', ref.name, path, ref.namespace);
    }
  }
};

const middleware: Collector = (manifest, found) => {
  const spec = mapping(manifest.spec);
  for (const way of ['basicAuth', 'digestAuth'] as const) {
    name(found, '', 'Secret', mapping(spec[way]).secret, ['spec', way, 'secret']);
  }
};

const scaledObject: Collector = (manifest, found) => {
  const ref = mapping(mapping(manifest.spec).scaleTargetRef);
  const group = groupOf(text(ref.apiVersion) ?? 'apps/v1');
  name(found, group, text(ref.kind) ?? 'Deployment', ref.name, ['spec', 'scaleTargetRef', 'name']);
};

/** Every `{ name, key }` under a field that ends in `SecretRef`, however deep: stores and issuers. */
const secretRefs: Collector = (manifest, found) => {
  deepSecretRefs(found, manifest.spec, ['spec']);
};

const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/**
 * Peers that are picked by the name of their namespace, which is a label that the server gives it. Found once for all
 * policies that share a spec: they are many and alike.
 */
const namedByPeers = memoised((spec: Mapping): readonly Named[] => {
  const found: Named[] = [];
  for (const [direction, peers] of [
    ['ingress', 'from'],
    ['egress', 'to'],
  ] as const) {
    for (const [rule, each] of mappings(spec[direction])) {
      for (const [peer, { namespaceSelector }] of mappings(each[peers])) {
        const labels = mapping(mapping(namespaceSelector).matchLabels);
        const at = ['spec', direction, rule, peers, peer, 'namespaceSelector', 'matchLabels', NAMESPACE_NAME];
        name(found, '', 'Namespace', labels[NAMESPACE_NAME], at);
      }
    }
  }
  return found;
});

const networkPolicy: Collector = (manifest, found) => {
  for (const named of namedByPeers(mapping(manifest.spec))) found.push(named);
};

function deepSecretRefs(found: Named[], value: Value | undefined, path: Path): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) deepSecretRefs(found, item, [...path, index]);
  } else if (isMapping(value)) {
    for (const key in value) {
      const field = value[key];
      // cert-manager makes the Secret of an ACME account's key itself.
      if (key === 'privateKeySecretRef') continue;
      if (key.endsWith('SecretRef') || key.endsWith('secretRef')) {
        const ref = mapping(field);
        name(found, '', 'Secret', ref.name, [...path, key, 'name'], ref.namespace);
      } else deepSecretRefs(found, field, [...path, key]);
    }
  }
}

/** What collects from the objects of a kind. */
export const collectorOf = byKind<Collector>({
  Ingress: { 'networking.k8s.io': ingress, extensions: ingress },
  HorizontalPodAutoscaler: { autoscaling: typed('spec', 'scaleTargetRef') },
  VerticalPodAutoscaler: { 'autoscaling.k8s.io': typed('spec', 'targetRef') },
  ScaledObject: { 'keda.sh': scaledObject },
  RoleBinding: { 'rbac.authorization.k8s.io': binding },
  ClusterRoleBinding: { 'rbac.authorization.k8s.io': binding },
  ServiceAccount: { '': serviceAccount },
  StatefulSet: { apps: statefulSet },
  PersistentVolumeClaim: {
    '': all(
      at('storage.k8s.io', 'StorageClass', 'spec', 'storageClassName'),
      at('', 'PersistentVolume', 'spec', 'volumeName'),
    ),
  },
  ExternalSecret: { 'external-secrets.io': externalSecret },
  SecretStore: { 'external-secrets.io': secretRefs },
  Certificate: { 'cert-manager.io': certificate },
  Issuer: { 'cert-manager.io': secretRefs },
  MutatingWebhookConfiguration: { 'admissionregistration.k8s.io': webhooks },
  ValidatingWebhookConfiguration: { 'admissionregistration.k8s.io': webhooks },
  APIService: { 'apiregistration.k8s.io': apiService },
  CustomResourceDefinition: { 'apiextensions.k8s.io': customResourceDefinition },
  HTTPRoute: { 'gateway.networking.k8s.io': route },
  GRPCRoute: { 'gateway.networking.k8s.io': route },
  TCPRoute: { 'gateway.networking.k8s.io': route },
  TLSRoute: { 'gateway.networking.k8s.io': route },
  UDPRoute: { 'gateway.networking.k8s.io': route },
  Gateway: { 'gateway.networking.k8s.io': gateway },
  IngressRoute: { 'traefik.io': ingressRoute },
  IngressRouteTCP: { 'traefik.io': ingressRoute },
  Middleware: { 'traefik.io': middleware },
  NetworkPolicy: { 'networking.k8s.io': networkPolicy },
  Application: { 'argoproj.io': at('argoproj.io', 'AppProject', 'spec', 'project') },
});
