import { items, mapping } from './fields.ts';
import type { Mapping, Value } from './value.ts';
import type { Container } from './workload.ts';

/** The security context of one container. */
export function securityOf(container: Container): Mapping {
  return mapping(container.value.securityContext);
}

/** What holds for a container: its own setting, or else the pod's. */
export function effective(spec: Mapping, container: Container, field: string): Value | undefined {
  return securityOf(container)[field] ?? mapping(spec.securityContext)[field];
}

/** Capabilities by list, in upper case without the `CAP_` that some write. */
export function capabilities(container: Container, list: 'add' | 'drop'): readonly string[] {
  return items(mapping(securityOf(container).capabilities)[list]).map((name) =>
    String(name).toUpperCase().replace(/^CAP_/, ''),
  );
}
