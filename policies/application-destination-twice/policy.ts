import type { ResourcePolicy } from '../../scripts/core/policy.ts';
import { isMapping } from '../../scripts/core/value.ts';

export default {
  id: 'application-destination-twice',
  of: 'resource',
  kinds: ['Application'],
  severity: 'error',
  default: 'on',
  title: 'Application names its cluster twice',
  why: 'Argo CD refuses an Application whose destination has both `name` and `server` (InvalidSpecError): it syncs nothing, and the region stays as it is.',
  fix: 'Keep `server` or `name`, and delete the other.',

  *check({ id, manifest }) {
    if (!id.apiVersion.startsWith('argoproj.io/') || !isMapping(manifest.spec)) return;
    const { destination } = manifest.spec;
    if (!isMapping(destination) || !destination.name || !destination.server) return;
    const message = `Application "${id.name}" has a destination with both "name" and "server", expected one of them`;
    yield { at: ['spec', 'destination', 'name'], message };
  },
} satisfies ResourcePolicy;
