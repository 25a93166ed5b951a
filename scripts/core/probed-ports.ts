import { mapping, mappings } from './fields.ts';
import type { Path } from './path.ts';
import type { Mapping } from './value.ts';

const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const;
const WAYS = ['httpGet', 'tcpSocket'] as const;

/** The names by which a container's probes call its ports and that no port of it has; `at` counts from the container. */
export function unknownProbedPorts(
  container: Mapping,
): readonly { readonly at: Path; readonly port: string }[] {
  const names = new Set(mappings(container.ports).map(([, { name }]) => name));
  return PROBES.flatMap((probe) =>
    WAYS.flatMap((way) => {
      const { port } = mapping(mapping(container[probe])[way]);
      // A number in quotes is read as one.
      if (typeof port !== 'string' || /^\d+$/.test(port) || names.has(port)) return [];
      return [{ at: [probe, way, 'port'], port }];
    }),
  );
}
