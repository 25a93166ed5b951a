import { type ScalarNode, withContent, type YamlNode } from '../yaml/node.ts';
import { fittingTag, implicitTag } from '../yaml/resolve.ts';
import { FieldPathFault } from './field-path.ts';

/**
 * The scalar with another text. Its tag stays, so that a number stays a number and a string a string; one without a
 * tag yet gets that of the text.
 */
export function withText(node: ScalarNode, text: string): ScalarNode {
  return withContent(node, text, node.tag === '' ? implicitTag(text, 'go-yaml-v3') : node.tag);
}

/** Throws where a text does not fit the tag of its scalar: a number that became a word. */
function checkTag(node: ScalarNode): void {
  if (node.tag === '!!str' || fittingTag(node.tag, node.text, 'go-yaml-v3') !== undefined) return;
  throw new FieldPathFault(`cannot decode "${node.text}" as ${node.tag}`);
}

/** The same for a whole tree. */
export function checkTags(node: YamlNode): void {
  if (node.kind === 'scalar') checkTag(node);
  else if (node.kind === 'sequence') node.items.forEach(checkTags);
  else for (const pair of node.pairs) checkTags(pair.value);
}
