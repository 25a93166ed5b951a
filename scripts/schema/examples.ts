/** A document that breaks a rule, and the same mended, for Kubernetes 1.35. */
export interface Example {
  readonly fail: string;
  readonly pass: string;
}

const configMap = (data: string) => `apiVersion: v1
kind: ConfigMap
metadata:
  name: shows
data:
${data.replace(/^/gm, '  ')}`;

const pod = (container: string) => `apiVersion: v1
kind: Pod
metadata:
  name: dome
spec:
  containers:
    - name: web
${container.replace(/^/gm, '      ')}`;

const gateway = (listeners: string) => `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: edge
spec:
  gatewayClassName: traefik
  listeners:
${listeners.replace(/^/gm, '    ')}`;

const of = (apiVersion: string, kind: string, rest = '') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: dome${rest}`;

/** By rule. A rule that no API of today breaks has none. */
export const EXAMPLES: Readonly<Record<string, Example>> = {
  'ambiguous-yaml-scalar': {
    fail: configMap('night: yes\nmode: 0755'),
    pass: configMap('night: "yes"\nmode: "0755"'),
  },
  'api-deprecated': {
    fail: of('v1', 'Endpoints'),
    pass: of('discovery.k8s.io/v1', 'EndpointSlice', '\naddressType: IPv4\nendpoints: []'),
  },
  'api-not-yet-served': {
    fail: of('storagemigration.k8s.io/v1', 'StorageVersionMigration'),
    pass: configMap('served: always'),
  },
  'api-removed': {
    fail: of('policy/v1beta1', 'PodDisruptionBudget'),
    pass: of('policy/v1', 'PodDisruptionBudget'),
  },
  'duplicate-key': { fail: configMap('sky: day\nsky: night'), pass: configMap('sky: night') },
  'duplicate-list-key': {
    fail: gateway('- {name: http, port: 80, protocol: HTTP}\n- {name: http, port: 81, protocol: HTTP}'),
    pass: gateway('- {name: http, port: 80, protocol: HTTP}\n- {name: other, port: 81, protocol: HTTP}'),
  },
  'malformed-value': {
    fail: pod('resources:\n  requests:\n    memory: 128MB'),
    pass: pod('resources:\n  requests:\n    memory: 128M'),
  },
  'missing-field': {
    fail: gateway('- {name: http, protocol: HTTP}'),
    pass: gateway('- {name: http, protocol: HTTP, port: 80}'),
  },
  'namespace-on-cluster-scoped': {
    fail: of('v1', 'Namespace', '\n  namespace: planetarium'),
    pass: of('v1', 'Namespace'),
  },
  'no-alternative-fits': {
    fail: gateway('- {name: http, port: 80, protocol: HTTP}').replace(
      '  listeners',
      '  addresses:\n    - value: 192.0.2.300\n  listeners',
    ),
    pass: gateway('- {name: http, port: 80, protocol: HTTP}').replace(
      '  listeners',
      '  addresses:\n    - value: 192.0.2.3\n  listeners',
    ),
  },
  'not-an-object': { fail: 'metadata:\n  name: dome', pass: of('v1', 'ServiceAccount') },
  'out-of-bounds': {
    fail: gateway('- {name: http, port: 80800, protocol: HTTP}'),
    pass: gateway('- {name: http, port: 8080, protocol: HTTP}'),
  },
  'unknown-field': { fail: pod('imagePolicy: Always'), pass: pod('imagePullPolicy: Always') },
  'unknown-kind': { fail: of('apps/v1', 'Deploymnet'), pass: of('apps/v1', 'Deployment') },
  'unsupported-value': {
    fail: gateway('- {name: https, port: 443, protocol: HTTPS, tls: {mode: terminate}}'),
    pass: gateway('- {name: https, port: 443, protocol: HTTPS, tls: {mode: Passthrough}}'),
  },
  'unusable-document': { fail: '- a list\n- of words', pass: configMap('words: a list') },
  'wrong-type': {
    fail: pod('env:\n  - name: STARS\n    value: 9000'),
    pass: pod('env:\n  - name: STARS\n    value: "9000"'),
  },
  'yaml-syntax': { fail: configMap('sky: night: long'), pass: configMap('sky: "night: long"') },
};
