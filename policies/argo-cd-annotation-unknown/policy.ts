import { quoted } from '../../scripts/core/describe.ts';
import { mapping, texts } from '../../scripts/core/fields.ts';
import { nearest } from '../../scripts/core/nearest.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';
import { expectedSyncOption } from '../../scripts/core/sync-options.ts';

const PREFIX = 'argocd.argoproj.io/';

/** Says what is expected in place of a value that Argo CD does not know; undefined of one that it does. */
type Expectation = (value: string) => string | undefined;

const oneOf = (...known: readonly string[]): Expectation =>
  eachOf((word) => {
    if (known.includes(word)) return undefined;
    const meant = nearest(word, known);
    return meant === undefined ? known.join(', ') : quoted(meant);
  });

/** https://argo-cd.readthedocs.io/en/stable/user-guide/annotations-and-labels/; undefined where any value is right. */
const ANNOTATIONS: ReadonlyMap<string, Expectation | undefined> = new Map([
  ['client-side-apply-migration-manager', undefined],
  ['compare-options', undefined],
  ['deletion-approved', undefined],
  ['hook', oneOf('PreSync', 'Sync', 'PostSync', 'SyncFail', 'PreDelete', 'PostDelete', 'Skip')],
  ['hook-delete-policy', oneOf('HookSucceeded', 'HookFailed', 'BeforeHookCreation')],
  ['ignore-healthcheck', undefined],
  ['ignore-resource-updates', undefined],
  ['manifest-generate-paths', undefined],
  ['refresh', undefined],
  ['skip-reconcile', undefined],
  ['sync-options', eachOf(expectedSyncOption)],
  ['sync-wave', (value) => (/^[+-]?\d+$/.test(value) ? undefined : 'a whole number')],
  ['tracking-id', undefined],
]);

export default {
  id: 'argo-cd-annotation-unknown',
  of: 'resource',
  severity: 'error',
  default: 'on',
  title: 'Annotation or value that Argo CD does not know',
  why: 'Argo CD says nothing of it: a hook whose type it does not know is never applied, a wave that is no number is wave 0, and an option is as if it were not there.',
  fix: 'Write the annotation as Argo CD documents it, such as `argocd.argoproj.io/sync-options: Prune=false`.',

  *check({ id, manifest }) {
    for (const [name, value] of texts(mapping(manifest.metadata).annotations)) {
      if (!name.startsWith(PREFIX)) continue;
      const expected = expectedOf(name.slice(PREFIX.length), value);
      if (expected === undefined) continue;
      yield {
        at: ['metadata', 'annotations', name],
        message: `${id.kind} "${id.name}" has the annotation ${quoted(`${name}: ${value}`)}, expected ${expected}`,
      };
    }
  },
} satisfies ResourcePolicy;

function expectedOf(key: string, value: string): string | undefined {
  if (ANNOTATIONS.has(key)) return ANNOTATIONS.get(key)?.(value);
  const meant = nearest(key, ANNOTATIONS.keys());
  return meant && quoted(PREFIX + meant);
}

/** Of words with commas between them. */
function eachOf(expectation: Expectation): Expectation {
  return (value) => {
    for (const word of value.split(',')) {
      const expected = word.trim() === '' ? undefined : expectation(word.trim());
      if (expected !== undefined) return expected;
    }
    return undefined;
  };
}
