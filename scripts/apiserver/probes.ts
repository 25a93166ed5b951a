import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { atLeast, needItems, oneOf } from './fields.ts';
import { each, has, inside, integer, list, mapping, text } from './read.ts';
import { serverRule } from './rule.ts';
import { Seen } from './seen.ts';
import { HTTP_HEADER_NAME, PORT_NAME } from './syntax.ts';

export const REFUSED_PROBE = serverRule({
  id: 'refused-probe',
  title: 'Probe or lifecycle hook that the API server refuses',
  why: 'A probe or hook does exactly one thing, and its numbers must make sense for the kind of probe.',
  fix: 'Keep one of exec, httpGet, tcpSocket and grpc (in hooks: sleep), and give it the port or command that it needs.',
  covers: [
    'exactly one handler in a probe or hook',
    'commands, ports, schemes and headers of handlers',
    'periods and thresholds are not negative; liveness and startup probes succeed after 1; readiness probes have no grace period of their own',
    'a sleep is not longer than the grace period of the pod',
  ],
});

const PROBE_HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'grpc'];
const HOOK_HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'sleep'];
const COUNTS = [
  'initialDelaySeconds',
  'timeoutSeconds',
  'periodSeconds',
  'successThreshold',
  'failureThreshold',
];

const seenReadiness = new Seen();
const seenOthers = new Seen();

/** Probes and hooks of a container that runs as long as its pod. */
export function checkProbes(container: Mapping, parent: Field, gracePeriod: number): void {
  for (const key of ['livenessProbe', 'readinessProbe', 'startupProbe'])
    inside(container, key, parent.under(REFUSED_PROBE), (probe, at) => {
      const seen = key === 'readinessProbe' ? seenReadiness : seenOthers;
      if (seen.has(probe, at)) return;
      const before = at.count;
      checkProbe(probe, at);
      const successes = integer(probe, 'successThreshold') ?? 1;
      if (key === 'readinessProbe') {
        if (has(probe, 'terminationGracePeriodSeconds'))
          at.at('terminationGracePeriodSeconds').forbidden('on a readinessProbe');
      } else if (successes !== 1 && successes !== 0)
        at.at('successThreshold').invalid(successes, `1 on a ${key}`);
      seen.passed(probe, at, before);
    });
  inside(container, 'lifecycle', parent.under(REFUSED_PROBE), (lifecycle, at) => {
    for (const key of ['postStart', 'preStop'])
      inside(lifecycle, key, at, (hook, place) => checkHandlers(hook, place, HOOK_HANDLERS, gracePeriod));
  });
}

function checkProbe(probe: Mapping, at: Field): void {
  checkHandlers(probe, at, PROBE_HANDLERS, 0);
  for (const key of COUNTS) atLeast(probe, key, 0, at);
  const grace = integer(probe, 'terminationGracePeriodSeconds');
  if (grace !== undefined && grace <= 0) at.at('terminationGracePeriodSeconds').invalid(grace, '1 or more');
}

function checkHandlers(owner: Mapping, at: Field, handlers: readonly string[], gracePeriod: number): void {
  let first: string | undefined;
  for (const key of handlers) {
    if (!has(owner, key)) continue;
    if (first !== undefined) {
      at.at(key).refuse(`${key} stands besides ${first}, expected one handler`);
      continue;
    }
    first = key;
    const handler = mapping(owner, key);
    if (handler !== undefined) checkHandler(key, handler, at.at(key), gracePeriod);
  }
  if (first === undefined) at.refuse(`${at.label} has no handler, expected one of ${handlers.join(', ')}`);
}

function checkHandler(key: string, handler: Mapping, at: Field, gracePeriod: number): void {
  switch (key) {
    case 'exec':
      needItems(handler, 'command', 'a command', at);
      break;
    case 'httpGet':
      checkPort(handler, at);
      oneOf(handler, 'scheme', ['HTTP', 'HTTPS'], at);
      if (list(handler, 'httpHeaders').length > 0) {
        const headers = at.at('httpHeaders');
        each(handler, 'httpHeaders', at, (header, _, index) => {
          const name = text(header, 'name') ?? '';
          if (!HTTP_HEADER_NAME.test(name))
            headers.within(index).within('name').invalid(name, HTTP_HEADER_NAME.expected);
        });
      }
      break;
    case 'tcpSocket':
      checkPort(handler, at);
      break;
    case 'grpc': {
      const port = integer(handler, 'port') ?? (has(handler, 'port') ? undefined : 0);
      if (port !== undefined && (port < 1 || port > 65535))
        at.at('port').invalid(port, 'a port from 1 to 65535');
      break;
    }
    case 'sleep': {
      const seconds = integer(handler, 'seconds') ?? 0;
      const least = at.context.minor >= 33 ? 0 : 1;
      if (seconds < least || seconds > gracePeriod)
        at.invalid(seconds, `${least} to the terminationGracePeriodSeconds, ${gracePeriod}`);
      break;
    }
  }
}

/** A number from 1 to 65535 or the name of a port; that such a port exists is not asked for. */
export function checkPort(owner: Mapping, at: Field, key = 'port'): void {
  const port = owner[key] ?? 0;
  if (typeof port === 'string') {
    if (!PORT_NAME.test(port)) at.at(key).invalid(port, `a port from 1 to 65535, or ${PORT_NAME.expected}`);
  } else if (typeof port === 'number' || typeof port === 'bigint') {
    if (port < 1 || port > 65535) at.at(key).invalid(port, 'a port from 1 to 65535, or the name of one');
  }
}
