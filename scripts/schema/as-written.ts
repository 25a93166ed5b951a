import { describeValue, quoted } from '../core/describe.ts';
import type { RuleViolation } from '../core/finding.ts';
import { toFieldPath, toPointer } from '../core/path.ts';
import type { MappingNode, ScalarNode, YamlNode } from '../yaml/node.ts';
import { keyOf, scalarValue } from '../yaml/value.ts';
import type { DecodingProblem } from './decode.ts';
import { AMBIGUOUS_SCALAR, UNKNOWN_FIELD, WRONG_TYPE } from './rules.ts';

/** Booleans of YAML 1.1 that are text in YAML 1.2, and numbers that mean something else there. */
const SURPRISING =
  /^(?:y|n|yes|no|on|off)$|^[+-]?0[0-7_]*[0-7]$|_|^[+-]?0b|^[+-]?\d[\d_]*(?::[0-5]?\d)+|^[+-]?(?:\d+\.?\d*|\.\d+)e[+-]?\d+$/i;

/**
 * Violations of a plain manifest with what its text said: `yes` became a boolean, `1.10` the number 1.1. Where YAML 1.1
 * is the cause, that is the rule which is broken.
 * @param problems of the same document; what they make of a field is not said a second time
 */
export function asWritten(
  violations: readonly RuleViolation[],
  root: MappingNode,
  problems: readonly DecodingProblem[] = [],
): readonly RuleViolation[] {
  if (violations.length === 0) return violations;
  const told = new Set(problems.map(({ at }) => toPointer(at)));
  return violations
    .filter(
      ({ at }) => told.size === 0 || !at.some((_, index) => told.has(toPointer(at.slice(0, index + 1)))),
    )
    .map((violation) => {
      if (violation.rule === WRONG_TYPE) return wrongType(violation, root);
      return violation.rule === UNKNOWN_FIELD ? unknownField(violation, root) : violation;
    });
}

function wrongType(violation: RuleViolation, root: MappingNode): RuleViolation {
  const node = nodeAt(root, violation.at);
  if (node?.kind !== 'scalar' || node.style !== 'plain' || node.tag === '!!str') return violation;
  const value = scalarValue(node);
  const field = `Field "${toFieldPath(violation.at)}"`;
  const expected = /, expected ([^:]*)/.exec(violation.message)?.[1] ?? 'another value';
  const surprising = SURPRISING.test(node.text) && (typeof value === 'boolean' || /\btext\b/.test(expected));
  if (!surprising && String(value) === node.text) return violation;
  const advice = /\btext\b/.test(expected) ? `: quote it, ${quoted(node.text)}` : '';
  const message = `${field} is written ${node.text}, which YAML 1.1 reads as ${describeValue(value)}, expected ${expected}${advice}`;
  if (!surprising) return { ...violation, message };
  const fix = advice === '' ? { fix: 'Write a value of the expected type.' } : {};
  return { ...violation, rule: AMBIGUOUS_SCALAR, message, ...fix };
}

/** `on: …` is the field "true". */
function unknownField(violation: RuleViolation, root: MappingNode): RuleViolation {
  const name = String(violation.at.at(-1));
  const parent = nodeAt(root, violation.at.slice(0, -1));
  const key = parent?.kind === 'mapping' ? keyNode(parent, name) : undefined;
  if (key === undefined || key.tag === '!!str' || key.text === name) return violation;
  const message = `Key ${key.text} is read by YAML 1.1 as ${describeValue(scalarValue(key))}, so field "${toFieldPath(violation.at)}" is unknown, expected quoted text: "${key.text}"`;
  return { ...violation, rule: AMBIGUOUS_SCALAR, message };
}

function keyNode(map: MappingNode, name: string): ScalarNode | undefined {
  const key = map.pairs.findLast((pair) => keyOf(pair.key) === name)?.key;
  return key?.kind === 'scalar' ? key : undefined;
}

/** The values of a mapping by name, as the server takes them: the last of duplicate keys. */
function valuesOf(map: MappingNode): ReadonlyMap<string, YamlNode> {
  let values = known.get(map);
  if (values === undefined) {
    values = new Map(map.pairs.map(({ key, value }) => [keyOf(key), value]));
    known.set(map, values);
  }
  return values;
}

const known = new WeakMap<MappingNode, ReadonlyMap<string, YamlNode>>();

function nodeAt(root: YamlNode, path: readonly (string | number)[]): YamlNode | undefined {
  let node: YamlNode | undefined = root;
  for (const step of path) {
    if (node?.kind === 'sequence') node = typeof step === 'number' ? node.items[step] : undefined;
    else if (node?.kind === 'mapping') node = valuesOf(node).get(String(step));
    else return undefined;
  }
  return node;
}
