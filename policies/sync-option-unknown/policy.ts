import { quoted } from '../../scripts/core/describe.ts';
import { items, mapping } from '../../scripts/core/fields.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';
import { expectedSyncOption } from '../../scripts/core/sync-options.ts';

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
    const { syncOptions } = mapping(mapping(manifest.spec).syncPolicy);
    for (const [index, option] of items(syncOptions).entries()) {
      if (typeof option !== 'string') continue;
      const expected = expectedSyncOption(option);
      if (expected === undefined) continue;
      const at = ['spec', 'syncPolicy', 'syncOptions', index];
      yield {
        at,
        message: `Application "${id.name}" has the sync option ${quoted(option)}, expected ${expected}`,
      };
    }
  },
} satisfies ResourcePolicy;
