import { mapping } from '../../scripts/core/fields.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';
import { podOf } from '../../scripts/core/workload.ts';

const LABEL = 'app.kubernetes.io/instance';

export default {
  id: 'instance-label-differs-from-name',
  of: 'resource',
  severity: 'warning',
  default: 'off',
  title: 'Instance label differs from the name of the workload',
  why: 'Tools that group by `app.kubernetes.io/instance` take it for another. Off by default: the label is meant for the installation, which may hold several workloads.',
  fix: 'Set `app.kubernetes.io/instance` to the name.',
  peers: ['polaris/metadataAndInstanceMismatched'],

  *check(resource) {
    const { kind, name } = resource.id;
    if (podOf(resource) === undefined) return;
    const instance = mapping(mapping(resource.manifest.metadata).labels)[LABEL];
    if (instance === name) return;
    yield {
      at: ['metadata', 'labels', LABEL],
      message: `${kind} "${name}" has ${instance === undefined ? `no label "${LABEL}"` : `"${String(instance)}" as its label "${LABEL}"`}, expected its name`,
    };
  },
} satisfies ResourcePolicy;
