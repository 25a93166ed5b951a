import { quoted } from '../core/describe.ts';
import type { Rule } from '../core/finding.ts';
import { type Path, toFieldPath } from '../core/path.ts';
import type { Mapping } from '../core/value.ts';
import { isMapping, isSequence } from '../core/value.ts';
import {
  fieldOf,
  type MappingNode,
  type Pair,
  type Place,
  type ScalarNode,
  type YamlNode,
} from '../yaml/node.ts';
import type { ParsedDocument } from '../yaml/parse.ts';
import { originOf } from '../yaml/place.ts';
import { valueOf as jsonOf, keyOf, scalarValue } from '../yaml/value.ts';
import { DUPLICATE_KEY, MALFORMED_VALUE, UNUSABLE_DOCUMENT, WRONG_TYPE, YAML_SYNTAX } from './rules.ts';

/** Something that keeps the API server from reading a document at all, or from reading it strictly. */
export interface DecodingProblem {
  readonly rule: Rule;
  readonly message: string;
  /** The value concerned; empty where the document cannot be read at all. */
  readonly at: Path;
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

const decoded = new WeakMap<ParsedDocument, Decoded>();

/** A document of a plain manifest as the API server decodes it: `parseDocuments` in the dialect `go-yaml-v2`. */
export function decode(document: ParsedDocument): Decoded {
  let made = decoded.get(document);
  if (made === undefined) {
    made = read(document);
    decoded.set(document, made);
  }
  return made;
}

function read(document: ParsedDocument): Decoded {
  const problems: DecodingProblem[] = document.problems.map(({ message, place }) => ({
    rule: YAML_SYNTAX,
    message: `The YAML cannot be read: ${message}`,
    at: [],
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
      at: [],
      place: root.place,
    });
    return { root: undefined, manifest: undefined, problems };
  }
  inspect(root, problems);
  const manifest = jsonOf(root);
  const unopened = isMapping(manifest) ? listProblem(root, manifest) : undefined;
  if (unopened !== undefined) problems.push(unopened);
  return { root, manifest: isMapping(manifest) ? manifest : undefined, problems };
}

/** The way to a node, from the end. */
interface Trail {
  readonly outer: Trail | undefined;
  readonly step: string | number;
  readonly depth: number;
}

function pathOf(trail: Trail | undefined, last?: string): Path {
  const path: (string | number)[] = [];
  for (let at = trail; at !== undefined; at = at.outer) path.push(at.step);
  path.reverse();
  return last === undefined ? path : [...path, last];
}

const within = (outer: Trail | undefined, step: string | number): Trail => ({
  outer,
  step,
  depth: (outer?.depth ?? 0) + 1,
});

/** kubectl and Argo CD open a `List` by its items; the server has no such kind. */
function listProblem(root: MappingNode, { apiVersion, kind, items }: Mapping): DecodingProblem | undefined {
  if (apiVersion !== 'v1' || kind !== 'List' || isSequence(items)) return undefined;
  const found = items === undefined ? 'has no "items"' : 'has "items" that are no list';
  return {
    rule: UNUSABLE_DOCUMENT,
    message: `The List ${found}, expected a list of objects`,
    at: ['items'],
    place: (fieldOf(root, 'items') ?? fieldOf(root, 'kind') ?? root).place,
  };
}

/** Looks at every node once, also where aliases bring it in many places. */
function inspect(root: YamlNode, problems: DecodingProblem[]): void {
  const seen = new Set<YamlNode>();
  const waiting: (readonly [YamlNode, Trail | undefined])[] = [[root, undefined]];
  for (let next = waiting.pop(); next !== undefined && problems.length < MOST; next = waiting.pop()) {
    const [node, trail] = next;
    if (node.kind === 'scalar') {
      const problem = scalarProblem(node, trail);
      if (problem !== undefined) problems.push(problem);
      continue;
    }
    if (trail !== undefined && trail.depth > DEEPEST) {
      const message = `The document is nested deeper than ${DEEPEST} levels`;
      problems.push({ rule: UNUSABLE_DOCUMENT, message, at: [], place: node.place });
      return;
    }
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.kind === 'sequence') {
      for (let index = node.items.length - 1; index >= 0; index--)
        waiting.push([node.items[index]!, within(trail, index)]);
      continue;
    }
    problems.push(...keyProblems(node, trail));
    for (let index = node.pairs.length - 1; index >= 0; index--) {
      const { key, value } = node.pairs[index]!;
      if (value.kind !== 'scalar' || value.tag === '!!float')
        waiting.push([value, within(trail, keyOf(key))]);
    }
  }
}

function scalarProblem(node: ScalarNode, trail: Trail | undefined): DecodingProblem | undefined {
  const value = node.tag === '!!float' ? scalarValue(node) : 0;
  if (typeof value !== 'number' || Number.isFinite(value)) return undefined;
  const at = pathOf(trail);
  const message = `Field "${toFieldPath(at)}" is written ${node.text}, the number ${value}, which JSON does not have: expected another number, or quoted text`;
  return { rule: MALFORMED_VALUE, message, at, place: node.place };
}

function keyProblems(map: MappingNode, trail: Trail | undefined): DecodingProblem[] {
  const problems: DecodingProblem[] = [];
  const first = new Map<string, Place>();
  for (const pair of map.pairs) {
    if (problems.length >= MOST) break;
    const { key } = pair;
    if (isMerge(pair)) {
      for (const merged of mergedPairs(pair.value)) {
        const problem = addKey(merged, key.place, first, trail);
        if (problem !== undefined) problems.push(problem);
      }
    } else if (key.kind !== 'scalar' || key.tag === '!!null') {
      const found = key.kind === 'mapping' ? 'a mapping' : key.kind === 'sequence' ? 'a list' : 'null';
      problems.push({
        rule: WRONG_TYPE,
        message: `A key in "${toFieldPath(pathOf(trail))}" is ${found}, expected text`,
        at: pathOf(trail),
        place: key.place,
      });
    } else {
      const problem = addKey(pair, key.place, first, trail);
      if (problem !== undefined) problems.push(problem);
    }
  }
  return problems;
}

/** `1` and `"1"` are different keys to YAML; a merge key brings its keys as if they stood in its place. */
function addKey(
  pair: Pair,
  place: Place,
  first: Map<string, Place>,
  trail: Trail | undefined,
): DecodingProblem | undefined {
  const name = keyOf(pair.key);
  const identity = pair.key.tag === '!!str' ? name : `${pair.key.tag}\0${name}`;
  const earlier = first.get(identity);
  if (earlier === undefined) {
    first.set(identity, place);
    return undefined;
  }
  const at = pathOf(trail, name);
  const { line } = originOf(earlier);
  const message = `Field "${toFieldPath(at)}" is in line ${line} already, expected it once`;
  return { rule: DUPLICATE_KEY, message, at, place };
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
