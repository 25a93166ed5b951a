import type { Rule } from '../core/finding.ts';
import type { Mapping } from '../core/value.ts';
import { isMapping } from '../core/value.ts';
import type { MappingNode, Pair, Place, YamlNode } from '../yaml/node.ts';
import type { ParsedDocument } from '../yaml/parse.ts';
import { originOf } from '../yaml/place.ts';
import { valueOf as jsonOf, keyOf, scalarValue } from '../yaml/value.ts';
import { quoted } from './describe.ts';
import { DUPLICATE_KEY, MALFORMED_VALUE, UNUSABLE_DOCUMENT, WRONG_TYPE, YAML_SYNTAX } from './rules.ts';

/** Something that keeps the API server from reading a document at all, or from reading it strictly. */
export interface DecodingProblem {
  readonly rule: Rule;
  readonly message: string;
  readonly place: Place;
}

export interface Decoded {
  /** Both undefined where the document is empty or cannot be read. */
  readonly root: MappingNode | undefined;
  readonly manifest: Mapping | undefined;
  readonly problems: readonly DecodingProblem[];
}

/** A tree deeper than this is refused by the server's own decoder (sigs.k8s.io/json stops at 10,000). */
const DEEPEST = 10_000;
/** Beyond this many problems in one document the rest says nothing new. */
const MOST = 100;

/** A document of a plain manifest as the API server decodes it: `parseDocuments` in the dialect `go-yaml-v2`. */
export function decode(document: ParsedDocument): Decoded {
  const problems: DecodingProblem[] = document.problems.map(({ message, place }) => ({
    rule: YAML_SYNTAX,
    message: `The YAML cannot be read: ${message}`,
    place,
  }));
  const { root } = document;
  if (root === undefined) return { root: undefined, manifest: undefined, problems };
  if (root.kind !== 'mapping') {
    if (root.kind === 'scalar' && scalarValue(root) === null)
      return { root: undefined, manifest: undefined, problems };
    const found = root.kind === 'sequence' ? 'a list' : `the text ${quoted(root.text)}`;
    problems.push({
      rule: UNUSABLE_DOCUMENT,
      message: `The document is ${found}, expected one object`,
      place: root.place,
    });
    return { root: undefined, manifest: undefined, problems };
  }
  inspect(root, problems);
  const manifest = jsonOf(root);
  return { root, manifest: isMapping(manifest) ? manifest : undefined, problems };
}

/** Looks at every node once, also where aliases bring it in many places. */
function inspect(root: YamlNode, problems: DecodingProblem[]): void {
  const seen = new Set<YamlNode>();
  const waiting: (readonly [YamlNode, number])[] = [[root, 0]];
  for (let next = waiting.pop(); next !== undefined && problems.length < MOST; next = waiting.pop()) {
    const [node, depth] = next;
    if (depth > DEEPEST) {
      problems.push({
        rule: UNUSABLE_DOCUMENT,
        message: `The document is nested deeper than ${DEEPEST} levels`,
        place: node.place,
      });
      return;
    }
    if (node.kind === 'scalar') {
      const value = node.tag === '!!float' ? scalarValue(node) : 0;
      if (typeof value === 'number' && !Number.isFinite(value))
        problems.push({
          rule: MALFORMED_VALUE,
          message: `The value ${node.text} is the number ${value}, which JSON does not have, expected another number, or quoted text`,
          place: node.place,
        });
      continue;
    }
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.kind === 'sequence') {
      for (let index = node.items.length - 1; index >= 0; index--)
        waiting.push([node.items[index]!, depth + 1]);
      continue;
    }
    keyProblems(node, problems);
    for (let index = node.pairs.length - 1; index >= 0; index--)
      waiting.push([node.pairs[index]!.value, depth + 1]);
  }
}

function keyProblems(map: MappingNode, problems: DecodingProblem[]): void {
  const first = new Map<string, Place>();
  for (const pair of map.pairs) {
    if (isMerge(pair)) {
      for (const merged of mergedPairs(pair.value)) addKey(merged, pair.key.place, first, problems);
      continue;
    }
    const { key } = pair;
    if (key.kind !== 'scalar' || key.tag === '!!null') {
      const found = key.kind === 'mapping' ? 'a mapping' : key.kind === 'sequence' ? 'a list' : 'null';
      problems.push({ rule: WRONG_TYPE, message: `The key is ${found}, expected text`, place: key.place });
      continue;
    }
    addKey(pair, key.place, first, problems);
  }
}

/** `1` and `"1"` are different keys to YAML; a merge key brings its keys as if they stood in its place. */
function addKey(pair: Pair, place: Place, first: Map<string, Place>, problems: DecodingProblem[]): void {
  const name = keyOf(pair.key);
  const identity = `${pair.key.tag} ${name}`;
  const earlier = first.get(identity);
  if (earlier === undefined) {
    first.set(identity, place);
    return;
  }
  const { line } = originOf(earlier);
  problems.push({
    rule: DUPLICATE_KEY,
    message: `The key ${quoted(name)} is in line ${line} already, expected it once`,
    place,
  });
}

const isMerge = ({ key }: Pair) => key.kind === 'scalar' && key.tag === '!!merge';

function* mergedPairs(node: YamlNode): Generator<Pair> {
  if (node.kind === 'sequence') for (const item of node.items) yield* mergedPairs(item);
  if (node.kind !== 'mapping') return;
  for (const pair of node.pairs) {
    if (isMerge(pair)) yield* mergedPairs(pair.value);
    else yield pair;
  }
}
