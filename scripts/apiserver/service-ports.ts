import type { Mapping } from '../core/value.ts';
import type { Field } from './field.ts';
import { oneOf, writtenSyntaxOf } from './fields.ts';
import { checkPort } from './probes.ts';
import { each, has, integer, list, text } from './read.ts';
import { DNS_LABEL, QUALIFIED_NAME } from './syntax.ts';

const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];

/** The ports of a Service, which must be told apart by name and by number. */
export function checkServicePorts(spec: Mapping, at: Field, type: string): void {
  const several = list(spec, 'ports').length > 1;
  const names = new Set<string>();
  const numbers = new Set<string>();
  const nodePorts = new Set<string>();
  each(spec, 'ports', at, (port, place) => {
    const name = text(port, 'name') ?? '';
    if (name === '') {
      if (several) place.at('name').required('a name, as there are several ports');
    } else {
      if (!DNS_LABEL.test(name)) place.at('name').invalid(name, DNS_LABEL.expected);
      if (names.has(name)) place.at('name').duplicate(name);
      names.add(name);
    }
    const number = integer(port, 'port') ?? (has(port, 'port') ? undefined : 0);
    if (number !== undefined && (number < 1 || number > 65535))
      place.at('port').invalid(number, '1 to 65535');
    oneOf(port, 'protocol', PROTOCOLS, place);
    // Where there is none, the server takes the port.
    if (has(port, 'targetPort') && port.targetPort !== 0 && port.targetPort !== '')
      checkPort(port, place, 'targetPort');
    writtenSyntaxOf(port, 'appProtocol', QUALIFIED_NAME, place);
    const protocol = text(port, 'protocol') || 'TCP';
    const nodePort = integer(port, 'nodePort') ?? 0;
    if (nodePort !== 0) {
      if (type === 'ClusterIP') place.at('nodePort').forbidden('with type ClusterIP');
      if (nodePorts.has(`${protocol}/${nodePort}`)) place.at('nodePort').duplicate(nodePort);
      nodePorts.add(`${protocol}/${nodePort}`);
      // The range is the cluster's own; hardly any differs from the default.
      if (type !== 'ClusterIP' && (nodePort < 30000 || nodePort > 32767))
        place
          .at('nodePort')
          .refuse(`nodePort is ${nodePort}, expected 30000 to 32767 unless the cluster has another range`, {
            severity: 'warning',
          });
    }
    if (number === undefined) return;
    if (numbers.has(`${protocol}/${number}`))
      place.refuse(
        `${place.label} has protocol ${protocol} and port ${number} again, expected each pair once`,
      );
    numbers.add(`${protocol}/${number}`);
  });
}
