import type { YamlNode } from '../yaml/node.ts';
import type { ParsedDocument } from '../yaml/parse.ts';
import { implicitTag } from '../yaml/resolve.ts';

/** Tags, anchors, aliases, directives and ends of documents: where the dialects go about it in different ways. */
const PARTICULAR = /[!&*%]|^(?:---|\.\.\.)/m;

/**
 * The root of a text that was read in dialect v3, where dialect v2 would read the very same; undefined where it might not,
 * as of `yes`, which is a boolean in v2.
 */
export function rootInBoth(text: string, documents: readonly ParsedDocument[]): YamlNode | undefined {
  const [document] = documents;
  if (document?.root === undefined || documents.length > 1 || document.problems.length > 0) return undefined;
  return !PARTICULAR.test(text) && isAlike(document.root) ? document.root : undefined;
}

function isAlike(node: YamlNode): boolean {
  if (node.kind === 'scalar')
    return node.style !== 'plain' || implicitTag(node.text, 'go-yaml-v2') === node.tag;
  if (node.kind === 'sequence') return node.items.every(isAlike);
  return node.pairs.every(({ key, value }) => key.tag === '!!str' && isAlike(key) && isAlike(value));
}
