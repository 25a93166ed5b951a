import type { ScalarNode } from '../yaml/node.ts';
import { failAt } from './failure.ts';
import type { ReplacementEntry } from './kustomization.ts';
import type { Loader } from './loader.ts';
import type { Transformer } from './object.ts';

/** `replacements`: written in place, or in files that hold one or a list of them. */
export function replacementTransformer(
  entries: readonly (ReplacementEntry & { readonly path?: ScalarNode })[],
  _loader: Loader,
): Transformer {
  return () => failAt(entries[0]?.node.place, 'Replacements are not there yet');
}
