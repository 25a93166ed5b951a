import { memoOf } from '../yaml/memo.ts';
import { withContent, withItems, withPairs, type YamlNode } from '../yaml/node.ts';
import { timestampOf } from '../yaml/timestamp.ts';

/** The tree with unquoted times as the text that Go makes of them on the way to JSON. */
export function timesAsText<T extends YamlNode>(node: T): T {
  if (node.kind === 'scalar') {
    if (node.tag !== '!!timestamp') return node;
    const text: YamlNode = withContent(node, timestampOf(node.text) ?? node.text, '!!str', 'double');
    return text as T;
  }
  const memo = memoOf(node);
  memo.timesAsText ??= convert(node);
  return memo.timesAsText as T;
}

function convert(node: Exclude<YamlNode, { kind: 'scalar' }>): YamlNode {
  if (node.kind === 'sequence') {
    const items = node.items.map(timesAsText);
    return items.every((item, index) => item === node.items[index]) ? node : withItems(node, items);
  }
  const pairs = node.pairs.map((pair) => {
    const value = timesAsText(pair.value);
    return value === pair.value ? pair : { key: pair.key, value };
  });
  return pairs.every((pair, index) => pair === node.pairs[index]) ? node : withPairs(node, pairs);
}
