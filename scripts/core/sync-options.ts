import { quoted } from './describe.ts';
import { nearest } from './nearest.ts';

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

/** What is expected in place of a sync option that Argo CD does not know; undefined of one that it does. */
export function expectedSyncOption(option: string): string | undefined {
  const [name = '', ...rest] = option.split('=');
  const value = rest.join('=');
  const values = OPTIONS.get(name);
  if (values?.includes(value)) return undefined;
  if (values !== undefined) return values.map((each) => quoted(`${name}=${each}`)).join(' or ');
  const meant = nearest(name, OPTIONS.keys());
  return meant === undefined ? 'one that Argo CD documents' : quoted(`${meant}=${value || 'true'}`);
}
