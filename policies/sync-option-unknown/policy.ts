import { quoted } from '../../scripts/core/describe.ts';
import { nearest } from '../../scripts/core/nearest.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';
import { isMapping, isSequence } from '../../scripts/core/value.ts';

const BOOLEAN = ['true', 'false'];
const CONFIRMED = ['true', 'false', 'confirm'];

/** https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/ */
const OPTIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['ApplyOutOfSyncOnly', BOOLEAN],
  ['ClientSideApplyMigration', BOOLEAN],
  ['CreateNamespace', BOOLEAN],
  ['Delete', CONFIRMED],
  ['FailOnSharedResource', BOOLEAN],
  ['Force', BOOLEAN],
  ['Prune', CONFIRMED],
  ['PruneLast', BOOLEAN],
  ['PrunePropagationPolicy', ['foreground', 'background', 'orphan']],
  ['Replace', BOOLEAN],
  ['RespectIgnoreDifferences', BOOLEAN],
  ['ServerSideApply', BOOLEAN],
  ['SkipDryRunOnMissingResource', BOOLEAN],
  ['Validate', BOOLEAN],
]);

export default {
  id: 'sync-option-unknown',
  of: 'resource',
  kinds: ['Application'],
  severity: 'error',
  default: 'on',
  title: 'Application has a sync option that Argo CD does not know',
  why: 'Argo CD compares options letter by letter and says nothing of one that it does not know: it syncs as if the line were not there.',
  fix: 'Write the option as Argo CD documents it, such as `ServerSideApply=true`.',

  *check({ id, manifest }) {
    if (!id.apiVersion.startsWith('argoproj.io/')) return;
    const spec = isMapping(manifest.spec) ? manifest.spec : {};
    const options = isMapping(spec.syncPolicy) ? spec.syncPolicy.syncOptions : undefined;
    for (const [index, option] of (isSequence(options) ? options : []).entries()) {
      if (typeof option !== 'string') continue;
      const expected = expectedFor(option);
      if (expected === undefined) continue;
      const at = ['spec', 'syncPolicy', 'syncOptions', index];
      yield {
        at,
        message: `Application "${id.name}" has the sync option ${quoted(option)}, expected ${expected}`,
      };
    }
  },
} satisfies ResourcePolicy;

function expectedFor(option: string): string | undefined {
  const [name = '', ...rest] = option.split('=');
  const value = rest.join('=');
  const values = OPTIONS.get(name);
  if (values?.includes(value)) return undefined;
  if (values !== undefined) return values.map((each) => quoted(`${name}=${each}`)).join(' or ');
  const meant = nearest(name, OPTIONS.keys());
  return meant === undefined ? 'one that Argo CD documents' : quoted(`${meant}=${value || 'true'}`);
}
