import { goFloat } from '../yaml/go-number.ts';
import { type Place, type ScalarNode, withStyle, type YamlNode } from '../yaml/node.ts';

/** The value of a variable, and whether anything holds its name. */
export interface KnownVariable {
  /** Undefined where the field holds no single value. */
  readonly node: ScalarNode | undefined;
  readonly entry: Place;
  used: boolean;
}

export function isString(node: YamlNode): node is ScalarNode {
  return node.kind === 'scalar' && node.tag === '!!str';
}

/**
 * `$(NAME)` becomes the value, `$$` a dollar sign, what names no variable stays. Kustomize writes every text anew, which
 * is to be seen where it was a block.
 */
export function expandVariables(node: ScalarNode, known: ReadonlyMap<string, KnownVariable>): ScalarNode {
  const { text, style } = node;
  const plain: ScalarNode = style === 'folded' || style === 'literal' ? withStyle(node, 'plain') : node;
  if (!text.includes('$')) return plain;
  const places: Place[] = [];
  let result = '';
  let at = 0;
  while (at < text.length) {
    const next = text.indexOf('$', at);
    if (next < 0 || next + 1 >= text.length) break;
    result += text.slice(at, next);
    const after = text[next + 1]!;
    const close = after === '(' ? text.indexOf(')', next + 2) : -1;
    if (after === '$') {
      result += '$';
      at = next + 2;
    } else if (close < 0) {
      result += `$${after}`;
      at = next + 2;
    } else {
      const name = text.slice(next + 2, close);
      const variable = known.get(name);
      if (variable?.node === undefined) result += `$(${name})`;
      else {
        variable.used = true;
        const { node: value, entry } = variable;
        places.push(value.place, ...value.others, entry);
        if (text === `$(${name})`) return whole(node, value, entry);
        result += inText(value);
      }
      at = close + 1;
    }
  }
  result += text.slice(at);
  if (result === text && places.length === 0) return plain;
  return {
    kind: 'scalar',
    text: result,
    style: 'plain',
    tag: '!!str',
    place: node.place,
    others: [...new Set([...node.others, ...places])],
  };
}

function whole(node: ScalarNode, value: ScalarNode, entry: Place): ScalarNode {
  const tag = ['!!int', '!!float', '!!bool'].includes(value.tag) ? value.tag : '!!str';
  const others = [...new Set([...value.others, node.place, ...node.others, entry])];
  const text = tag === '!!float' ? String(Number(value.text)) : inText(value);
  return { kind: 'scalar', text, style: 'plain', tag, place: value.place, others };
}

/** As Go prints it. */
function inText(value: ScalarNode): string {
  switch (value.tag) {
    case '!!int':
      return String(BigInt(value.text));
    case '!!float':
      return goFloat(Number(value.text));
    case '!!bool':
      return String(value.text.toLowerCase() === 'true');
    default:
      return value.text;
  }
}
