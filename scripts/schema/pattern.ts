/** A regular expression of Go (RE2) as one of JavaScript; undefined where it has no equal, and is not checked. */
export function regExpOf(pattern: string): RegExp | undefined {
  const known = cache.get(pattern);
  if (known !== undefined || cache.has(pattern)) return known;
  let made: RegExp | undefined;
  try {
    made = translate(pattern);
  } catch {
    made = undefined;
  }
  cache.set(pattern, made);
  return made;
}

const cache = new Map<string, RegExp | undefined>();

const CLASSES: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7F',
  blank: '\\t ',
  cntrl: '\\x00-\\x1F\\x7F',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`\\{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};

function translate(pattern: string): RegExp {
  let flags = 'u';
  let at = 0;
  let out = '';
  // Nothing before the flags has letters, so that they may hold for all of it.
  const leading = /^(\^?)\(\?([is]+)\)|^()\(\?([ims]+)\)/.exec(pattern);
  if (leading !== null) {
    out = leading[1] ?? '';
    flags += leading[2] ?? leading[4]!;
    at = leading[0].length;
  }
  let inClass = false;
  while (at < pattern.length) {
    const char = pattern[at]!;
    if (char === '\\') {
      const [text, next] = escaped(pattern, at, inClass);
      out += text;
      at = next;
    } else if (inClass) {
      const named = /^\[:(\^?)([a-z]+):\]/.exec(pattern.slice(at, at + 12));
      if (named !== null) {
        const inner = CLASSES[named[2]!];
        if (inner === undefined || named[1] === '^') throw new SyntaxError('unknown class');
        out += inner;
        at += named[0].length;
      } else if (char === ']' && !classIsEmpty(out)) {
        inClass = false;
        out += char;
        at++;
      } else {
        // RE2 takes a bracket inside a class as it stands; JavaScript's `u` flag wants it escaped.
        out += char === '[' || char === ']' ? `\\${char}` : char;
        at++;
      }
    } else if (char === '[') {
      inClass = true;
      const negated = pattern[at + 1] === '^';
      out += negated ? '[^' : '[';
      at += negated ? 2 : 1;
    } else if (char === '(' && pattern.startsWith('(?P<', at)) {
      out += '(?<';
      at += 4;
    } else if (
      char === '(' &&
      pattern[at + 1] === '?' &&
      !/^\(\?(?::|<[A-Za-z])/.test(pattern.slice(at, at + 4))
    ) {
      // Flags in the middle: no equal in Node 20. Look-around does not exist in RE2.
      throw new SyntaxError('unsupported group');
    } else if (
      char === ']' ||
      char === '}' ||
      (char === '{' && !/^\{\d+(?:,\d*)?\}/.test(pattern.slice(at)))
    ) {
      const repeat = char === '}' && /\{\d+(?:,\d*)?$/.test(out);
      out += repeat ? char : `\\${char}`;
      at++;
    } else {
      out += char;
      at++;
    }
  }
  return new RegExp(out, flags);
}

const classIsEmpty = (out: string) => /(?<!\\)\[\^?$/.test(out);

function escaped(pattern: string, at: number, inClass: boolean): readonly [string, number] {
  const next = pattern[at + 1];
  if (next === undefined) throw new SyntaxError('trailing backslash');
  if (next === 'A' && !inClass) return ['(?<![\\s\\S])', at + 2];
  if (next === 'z' && !inClass) return ['(?![\\s\\S])', at + 2];
  if (next === 'Q') {
    const end = pattern.indexOf('\\E', at);
    const text = pattern.slice(at + 2, end < 0 ? undefined : end);
    return [
      text.replace(/[\\^$.*+?()[\]{}|/-]/g, (char) => (char === '-' ? '\\x2d' : `\\${char}`)),
      end < 0 ? pattern.length : end + 2,
    ];
  }
  if (next === 'a') return ['\\x07', at + 2];
  if (next === 'p' || next === 'P') {
    const single = pattern[at + 2];
    if (single !== undefined && single !== '{') return [`\\${next}{${single}}`, at + 3];
    const end = pattern.indexOf('}', at);
    const name = pattern.slice(at + 3, end);
    return [`\\${next}{${/^[A-Z][a-z]?$/.test(name) ? name : `Script=${name}`}}`, end + 1];
  }
  if (next === 'x' && pattern[at + 2] === '{') {
    const end = pattern.indexOf('}', at);
    return [`\\u{${pattern.slice(at + 3, end)}}`, end + 1];
  }
  // In RE2 \s is without the vertical tab and what Unicode adds; \d and \w are those of ASCII in both.
  if (next === 's') return [inClass ? '\\t\\n\\f\\r ' : '[\\t\\n\\f\\r ]', at + 2];
  if (next === 'S' && !inClass) return ['[^\\t\\n\\f\\r ]', at + 2];
  if (/[dDwWbBnrtfvx]/.test(next)) return [`\\${next}`, at + 2];
  if (/[\\^$.*+?()[\]{}|/]/.test(next)) return [`\\${next}`, at + 2];
  if (next === '-') return [inClass ? '\\-' : '-', at + 2];
  if (/[A-Za-z0-9]/.test(next)) throw new SyntaxError('unknown escape');
  return [next, at + 2];
}

/** The text of this file's code: what was compiled by other code is not used again. */
export const PATTERN_CODE: string = [translate, escaped, classIsEmpty, JSON.stringify(CLASSES)]
  .map(String)
  .join('\n');
