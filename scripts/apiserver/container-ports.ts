import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { oneOf } from './fields.ts';
import { each, has, integer, list, text } from './read.ts';
import { Seen } from './seen.ts';
import { PORT_NAME } from './syntax.ts';

/** The ports of a container. */
export function checkPorts(container: Mapping, at: Field, hostNetwork: boolean): void {
  const ports = list(container, 'ports');
  const seen = hostNetwork ? seenOnHost : seenApart;
  if (ports.length === 0 || seen.has(ports, at)) return;
  const before = at.count;
  const names = new Set<string>();
  each(container, 'ports', at, (port, place) => {
    const name = text(port, 'name') ?? '';
    if (name !== '') {
      if (!PORT_NAME.test(name)) place.at('name').invalid(name, PORT_NAME.expected);
      else if (names.has(name)) place.at('name').duplicate(name);
      else names.add(name);
    }
    const number = integer(port, 'containerPort') ?? (has(port, 'containerPort') ? undefined : 0);
    if (!has(port, 'containerPort')) place.at('containerPort').required('a port from 1 to 65535');
    else if (number !== undefined && (number < 1 || number > 65535))
      place.at('containerPort').invalid(number, '1 to 65535');
    const hostPort = integer(port, 'hostPort') ?? 0;
    if (hostPort !== 0 && (hostPort < 1 || hostPort > 65535))
      place.at('hostPort').invalid(hostPort, '1 to 65535');
    // A pod's missing host port is filled with the port before this is asked.
    if (hostNetwork && hostPort !== 0 && number !== undefined && hostPort !== number)
      place.at('hostPort').invalid(hostPort, `the containerPort, ${number}, as hostNetwork is true`);
    oneOf(port, 'protocol', ['TCP', 'UDP', 'SCTP'], place);
  });
  seen.passed(ports, at, before);
}

const seenOnHost = new Seen();
const seenApart = new Seen();

/**
 * Ports of the host, each of which only one container can have.
 * @param shared a bare pod on the network of the host: its ports are ports of the host
 */
export function checkHostPorts(container: Mapping, at: Field, taken: Set<string>, shared: boolean): void {
  each(container, 'ports', at, (port, place) => {
    const own = shared ? integer(port, 'containerPort') : undefined;
    const hostPort = (integer(port, 'hostPort') || own) ?? 0;
    if (hostPort === 0) return;
    const key = `${text(port, 'protocol') || 'TCP'}/${text(port, 'hostIP') ?? ''}/${hostPort}`;
    if (taken.has(key)) place.at('hostPort').duplicate(hostPort);
    taken.add(key);
  });
}
