import { mapping, mappings, text } from './fields.ts';
import type { Inventory } from './inventory.ts';
import type { Path } from './path.ts';
import type { Resource } from './resource.ts';
import type { Value } from './value.ts';

export function ingressesIn(inventory: Inventory): readonly Resource[] {
  // extensions/v1beta1, as older manifests have it.
  return [...inventory.ofKind('networking.k8s.io', 'Ingress'), ...inventory.ofKind('extensions', 'Ingress')];
}

export interface Backend {
  readonly service: string;
  readonly port: Value | undefined;
  readonly portAt: Path;
}

/** Every Service that an Ingress leads to, with its port by number or by name. */
export function* backendsOf(ingress: Resource): Generator<Backend> {
  const spec = mapping(ingress.manifest.spec);
  yield* backend(spec.defaultBackend, ['spec', 'defaultBackend']);
  for (const [rule, { http }] of mappings(spec.rules)) {
    for (const [index, path] of mappings(mapping(http).paths)) {
      yield* backend(path.backend, ['spec', 'rules', rule, 'http', 'paths', index, 'backend']);
    }
  }
}

function* backend(value: Value | undefined, at: Path): Generator<Backend> {
  const { service, serviceName, servicePort } = mapping(value);
  const name = text(mapping(service).name);
  if (name !== undefined) {
    const { number, name: named } = mapping(mapping(service).port);
    const portAt = [...at, 'service', 'port', number === undefined ? 'name' : 'number'];
    yield { service: name, port: number ?? named, portAt };
  } else if (typeof serviceName === 'string') {
    yield { service: serviceName, port: servicePort, portAt: [...at, 'servicePort'] };
  }
}

export interface IngressPath {
  readonly host: string;
  readonly path: string;
  readonly type: string;
  readonly at: Path;
}

/** What an Ingress claims of the address space. */
export function* pathsOf(ingress: Resource): Generator<IngressPath> {
  for (const [rule, { host, http }] of mappings(mapping(ingress.manifest.spec).rules)) {
    for (const [index, { path, pathType }] of mappings(mapping(http).paths)) {
      yield {
        host: text(host) ?? '*',
        path: text(path) ?? '/',
        type: text(pathType) ?? 'ImplementationSpecific',
        at: ['spec', 'rules', rule, 'http', 'paths', index],
      };
    }
  }
}
