import { quoted } from '../../scripts/core/describe.ts';
import { mapping, texts } from '../../scripts/core/fields.ts';
import { nearest } from '../../scripts/core/nearest.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';
import { expectedSyncOption } from '../../scripts/core/sync-options.ts';

const PREFIX = 'argocd.argoproj.io/';

/** Says what is expected in place of a word that Argo CD does not know; undefined of one that it does. */
type Expectation = (word: string) => string | undefined;

const oneOf =
  (...known: readonly string[]): Expectation =>
  (word) => {
    if (known.includes(word)) return undefined;
    const meant = nearest(word, known);
    return meant === undefined ? known.join(', ') : quoted(meant);
  };

/** A sync wave, which Argo CD reads as an integer. */
const integer: Expectation = (word) => (/^[+-]?\d{1,9}$/.test(word) ? undefined : 'a whole number');

/** https://argo-cd.readthedocs.io/en/stable/user-guide/annotations-and-labels/; undefined where any value is right. */
const ANNOTATIONS: ReadonlyMap<string, Expectation | undefined> = new Map([
  ['client-side-apply-migration-manager', undefined],
  [
    'compare-options',
    oneOf(
      ...['IgnoreExtraneous', 'ServerSideDiff=true', 'ServerSideDiff=false'],
      ...['IncludeMutationWebhook=true', 'IncludeMutationWebhook=false'],
    ),
  ],
  ['deletion-approved', undefined],
  ['hook', oneOf('PreSync', 'Sync', 'PostSync', 'SyncFail', 'PreDelete', 'PostDelete', 'Skip')],
  ['hook-delete-policy', oneOf('HookSucceeded', 'HookFailed', 'BeforeHookCreation')],
  ['ignore-healthcheck', undefined],
  ['ignore-resource-updates', undefined],
  ['manifest-generate-paths', undefined],
  ['refresh', oneOf('normal', 'hard')],
  ['skip-reconcile', undefined],
  ['sync-options', expectedSyncOption],
  ['sync-wave', integer],
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
      const at = ['metadata', 'annotations', name];
      const key = name.slice(PREFIX.length);
      if (!ANNOTATIONS.has(key)) {
        const meant = nearest(key, ANNOTATIONS.keys());
        if (meant === undefined) continue;
        const message = `${id.kind} "${id.name}" has the annotation ${quoted(name)}, expected ${quoted(PREFIX + meant)}`;
        yield { at, message };
      }
      for (const word of value.split(',').map((each) => each.trim())) {
        const expected = word === '' ? undefined : ANNOTATIONS.get(key)?.(word);
        if (expected === undefined) continue;
        const message = `${id.kind} "${id.name}" has ${quoted(word)} in the annotation ${quoted(name)}, expected ${expected}`;
        yield { at, message };
      }
    }
  },
} satisfies ResourcePolicy;
