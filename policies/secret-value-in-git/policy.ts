import { texts } from '../../scripts/core/fields.ts';
import type { ResourcePolicy } from '../../scripts/core/policy.ts';
import { keyIn, maySpeakOfSecret } from '../../scripts/core/secret-value.ts';

export default {
  id: 'secret-value-in-git',
  of: 'resource',
  kinds: ['Secret'],
  severity: 'error',
  default: 'on',
  title: 'Secret holds its value in git',
  why: 'Everyone who can read the repository, and every copy and backup of it, holds the value for good; base64 hides nothing.',
  fix: 'Keep the value in a secret store and declare an ExternalSecret (or commit a SealedSecret). A value that was merged is known: replace it at its source too.',
  exceptions: 'forbidden',

  *check({ id, manifest }) {
    // An encrypted file of SOPS carries its metadata beside the data; Flux and others decrypt it in the cluster.
    if (manifest.sops !== undefined) return;
    for (const field of ['data', 'stringData'] as const) {
      for (const [key, value] of texts(manifest[field])) {
        if (value === '' || isPlainFile(field === 'data' ? decoded(value) : value)) continue;
        yield {
          at: [field, key],
          message: `Secret "${id.name}" holds a value for "${key}", expected it outside git`,
        };
      }
    }
  },
} satisfies ResourcePolicy;

/** The settings of a program in several lines, of which none gives or even names a secret. */
function isPlainFile(value: string): boolean {
  return value.trim().includes('\n') && keyIn(value) === undefined && !maySpeakOfSecret(value);
}

/** Base64, where it is some; bytes that are no text stay as they are written. */
function decoded(value: string): string {
  const text = Buffer.from(value, 'base64').toString('utf8');
  return text.includes('\ufffd') ? value : text;
}
