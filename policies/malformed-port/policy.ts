import { mapping, mappings, number, text } from '../../scripts/core/fields.ts';
import type { Violation } from '../../scripts/core/finding.ts';
import type { Path } from '../../scripts/core/path.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';
import type { Mapping, Value } from '../../scripts/core/value.ts';
import { type Container, containersOf, podOf, titleOf } from '../../scripts/core/workload.ts';

export default {
  id: 'malformed-port',
  of: 'resource',
  severity: 'warning',
  default: 'off',
  title: 'Port with a name or a number that ports do not have',
  why: 'A Service, a probe or the API server cannot use it. Off by default, since the rules of the API server say it of every kind that it serves itself.',
  fix: 'Give each port a number from 1 to 65535 and a name of its own: at most 15 of a-z, 0-9 and single "-", a letter among them.',
  peers: ['kube-linter/invalid-target-ports', 'kube-score/container-ports-check'],

  *check(resource) {
    if (resource.id.kind === 'Service' && resource.id.apiVersion === 'v1') {
      yield* ofService(resource.id.name, mapping(resource.manifest.spec));
    }
    const pod = podOf(resource);
    if (pod === undefined) return;
    for (const container of containersOf(pod.spec)) yield* ofContainer(container, pod.path);
  },
} satisfies ResourcePolicy;

// Each at the whole port, beside what the API server says of its fields.

function* ofService(service: string, spec: Mapping): Generator<Violation> {
  for (const [index, { targetPort }] of mappings(spec.ports)) {
    if (targetPort === undefined || targetPort === 0 || isPort(targetPort)) continue;
    yield {
      at: ['spec', 'ports', index],
      message: `Service "${service}" sends traffic to port "${String(targetPort)}", expected a number from 1 to 65535 or a name of at most 15 of a-z, 0-9 and "-"`,
    };
  }
}

function* ofContainer(container: Container, path: Path): Generator<Violation> {
  const names = new Set<string>();
  for (const [index, port] of mappings(container.value.ports)) {
    const at = [...path, ...container.at, 'ports', index];
    const name = text(port.name) ?? '';
    if (name !== '' && !NAME.test(name)) {
      yield {
        at,
        message: `${titleOf(container)} names a port "${name}", expected at most 15 of a-z, 0-9 and "-"`,
      };
    } else if (names.has(name)) {
      yield { at, message: `${titleOf(container)} names two ports "${name}", expected two names` };
    }
    if (name !== '') names.add(name);
    if (isNumber(port.containerPort)) continue;
    const number = port.containerPort === undefined ? 'without a number' : `"${String(port.containerPort)}"`;
    yield { at, message: `${titleOf(container)} has a port ${number}, expected 1 to 65535` };
  }
}

/** IANA_SVC_NAME, as in IsValidPortName of apimachinery. */
const NAME = /^(?=.{1,15}$)(?=.*[a-z])(?!.*--)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

function isPort(value: Value): boolean {
  return typeof value === 'string' ? NAME.test(value) : isNumber(value);
}

function isNumber(value: Value | undefined): boolean {
  const port = number(value) ?? 0;
  return port >= 1 && port <= 65535;
}
