/**
 * Regular expressions as Go writes them (RE2), turned into JavaScript's. What RE2 lacks (look-around, back
 * references) is refused, so that a pattern means here what it means to Kustomize.
 */
import { setFlagsFromString } from 'node:v8';

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
/** RE2's shorthands know only ASCII. */
const SHORTHANDS: Readonly<Record<string, readonly [inside: string, negated: boolean]>> = {
  d: ['0-9', false],
  D: ['0-9', true],
  s: ['\\t\\n\\f\\r ', false],
  S: ['\\t\\n\\f\\r ', true],
  w: ['0-9A-Za-z_', false],
  W: ['0-9A-Za-z_', true],
};
const CONTROLS: Readonly<Record<string, string>> = {
  a: '\\x07',
  f: '\\f',
  t: '\\t',
  n: '\\n',
  r: '\\r',
  v: '\\v',
};
const REPEAT_LIMIT = 1000;

export class RegexpFault extends Error {}

interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
  readonly U: boolean;
}

const compiled = new Map<string, RegExp>();

// Go's matcher takes linear time; so does V8's where its own has backtracked too often, for expressions without `u`.
setFlagsFromString('--enable-experimental-regexp-engine-on-excessive-backtracks');

/** The pattern as a RegExp; throws a RegexpFault where Go would not compile it. */
export function goRegexp(pattern: string): RegExp {
  let regexp = compiled.get(pattern);
  if (regexp === undefined) {
    const source = new Translation(pattern).translate();
    try {
      regexp = new RegExp(source, 'u');
      const simple = source.replace(/\\(?:u\{([0-9a-f]{2})\}|.)/gs, (escaped, code) =>
        code === undefined ? escaped : `\\x${code}`,
      );
      if (/^[\x20-\x7e]*$/.test(simple) && !/\\[upP]/.test(simple)) regexp = new RegExp(simple);
    } catch (cause) {
      throw new RegexpFault(`invalid regular expression "${pattern}"`, { cause });
    }
    compiled.set(pattern, regexp);
  }
  return regexp;
}

class Translation {
  private readonly pattern: string;
  private at = 0;
  private flags: Flags = { i: false, m: false, s: false, U: false };
  /** The flags to go back to at the end of each open group. */
  private readonly groups: Flags[] = [];

  constructor(pattern: string) {
    this.pattern = pattern;
  }

  translate(): string {
    let out = '';
    let repeatable = false;
    while (this.at < this.pattern.length) {
      const { pattern } = this;
      const char = String.fromCodePoint(pattern.codePointAt(this.at)!);
      const quantifier = this.quantifier();
      if (quantifier !== undefined) {
        if (!repeatable) throw this.fault('nothing to repeat');
        out += quantifier;
        repeatable = false;
        continue;
      }
      repeatable = true;
      if (char === '(') {
        out += this.openGroup();
        repeatable = out.endsWith(')') && pattern[this.at - 1] === ')';
        if (repeatable) repeatable = false;
      } else if (char === ')') {
        const flags = this.groups.pop();
        if (flags === undefined) throw this.fault('unexpected )');
        this.flags = flags;
        this.at++;
        out += ')';
      } else if (char === '|') {
        this.at++;
        out += '|';
        repeatable = false;
      } else if (char === '[') out += this.characterClass();
      else if (char === '\\') out += this.escape();
      else if (char === '.') {
        this.at++;
        out += this.flags.s ? '[\\s\\S]' : '[^\\n]';
      } else if (char === '^') {
        this.at++;
        out += this.flags.m ? '(?:(?<=\\n)|(?<![\\s\\S]))' : '^';
      } else if (char === '$') {
        this.at++;
        out += this.flags.m ? '(?:(?=\\n)|(?![\\s\\S]))' : '$';
      } else {
        this.at += char.length;
        out += this.literal(char);
      }
    }
    if (this.groups.length > 0) throw this.fault('missing closing )');
    return out;
  }

  private fault(reason: string): RegexpFault {
    return new RegexpFault(`invalid regular expression "${this.pattern}": ${reason}`);
  }

  private literal(char: string): string {
    if (this.flags.i && char.toLowerCase() !== char.toUpperCase()) {
      return `[${char.toLowerCase()}${char.toUpperCase()}]`;
    }
    return /[\\^$.*+?()[\]{}|/]/.test(char) ? `\\${char}` : char;
  }

  private quantifier(): string | undefined {
    const rest = this.pattern.slice(this.at);
    const match = /^(?:[*+?]|\{(\d+)(?:,(\d*))?\})(\??)/.exec(rest);
    if (match === null) return undefined;
    const [whole, least, most, lazy] = match;
    if (least !== undefined) {
      if (Number(least) > REPEAT_LIMIT || Number(most ?? 0) > REPEAT_LIMIT)
        throw this.fault('invalid repeat count');
      if (most !== undefined && most !== '' && Number(most) < Number(least))
        throw this.fault('invalid repeat count');
    }
    this.at += whole.length;
    if (/^(?:[*+?]|\{\d+(?:,\d*)?\})/.test(this.pattern.slice(this.at)))
      throw this.fault('invalid nested repetition operator');
    const greedy = lazy === '' ? whole : whole.slice(0, -1);
    return (lazy === '') === this.flags.U ? `${greedy}?` : greedy;
  }

  private openGroup(): string {
    const rest = this.pattern.slice(this.at);
    const named = /^\(\?P?<([A-Za-z0-9_]+)>/.exec(rest);
    if (named !== null) {
      this.groups.push(this.flags);
      this.at += named[0].length;
      return '(?:';
    }
    const flagged = /^\(\?([imsU]*)(?:-([imsU]+))?([:)])/.exec(rest);
    if (flagged !== null) {
      const [whole, on, off, end] = flagged;
      const before = this.flags;
      this.flags = { ...before, ...flagsIn(on!, true), ...flagsIn(off ?? '', false) };
      this.at += whole.length;
      if (end === ')') return '(?:)';
      this.groups.push(before);
      return '(?:';
    }
    if (rest.startsWith('(?')) throw this.fault('invalid or unsupported Perl syntax');
    this.groups.push(this.flags);
    this.at++;
    return '(?:';
  }

  private escape(): string {
    const { pattern } = this;
    const char = pattern[this.at + 1];
    if (char === undefined) throw this.fault('trailing backslash at end of expression');
    const shorthand = SHORTHANDS[char];
    this.at += 2;
    if (shorthand !== undefined) return `[${shorthand[1] ? '^' : ''}${shorthand[0]}]`;
    if (char === 'A') return '^';
    if (char === 'z') return '$';
    if (char === 'b' || char === 'B') return `\\${char}`;
    if (char === 'Q') {
      const end = pattern.indexOf('\\E', this.at);
      const text = pattern.slice(this.at, end < 0 ? undefined : end);
      this.at = end < 0 ? pattern.length : end + 2;
      return [...text].map((each) => this.literal(each)).join('');
    }
    if (char === 'p' || char === 'P') return this.property(char);
    return this.escaped(char);
  }

  private property(kind: 'p' | 'P'): string {
    const match = /^(?:\{(\^?)(\w+)\}|(\w))/.exec(this.pattern.slice(this.at));
    if (match === null) throw this.fault('invalid character class range');
    this.at += match[0].length;
    const negated = (kind === 'P') !== (match[1] === '^');
    const name = match[2] ?? match[3]!;
    if (name === 'Any') return negated ? '[^\\s\\S]' : '[\\s\\S]';
    for (const property of [name, `Script=${name}`]) {
      const source = `\\${negated ? 'P' : 'p'}{${property}}`;
      try {
        new RegExp(source, 'u');
        return source;
      } catch {}
    }
    throw this.fault('invalid character class range');
  }

  /** An escaped character as it stands inside and outside brackets. */
  private escaped(char: string): string {
    if (CONTROLS[char] !== undefined) return CONTROLS[char];
    if (char === 'x') {
      const match = /^(?:\{([0-9A-Fa-f]{1,6})\}|([0-9A-Fa-f]{2}))/.exec(this.pattern.slice(this.at));
      if (match === null) throw this.fault('invalid escape sequence');
      this.at += match[0].length;
      return `\\u{${match[1] ?? match[2]}}`;
    }
    if (/[0-7]/.test(char)) {
      const octal = /^(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/.exec(this.pattern.slice(this.at - 1))?.[0];
      if (octal === undefined) throw this.fault('invalid escape sequence');
      this.at += octal.length - 1;
      return `\\u{${Number.parseInt(octal, 8).toString(16)}}`;
    }
    if (/[0-9A-Za-z]/.test(char)) throw this.fault('invalid escape sequence');
    if (char.charCodeAt(0) >= 0x80) throw this.fault('invalid escape sequence');
    return /[\\^$.*+?()[\]{}|/-]/.test(char) ? `\\x${char.charCodeAt(0).toString(16)}` : char;
  }

  private characterClass(): string {
    this.at++;
    const { pattern } = this;
    let out = '[';
    if (pattern[this.at] === '^') {
      out += '^';
      this.at++;
      if (this.flags.s === false && this.flags.m) out += '\\n';
    }
    for (let first = true; ; first = false) {
      const rest = pattern.slice(this.at);
      if (rest === '') throw this.fault('missing closing ]');
      if (rest[0] === ']' && !first) break;
      const named = /^\[:(\^?)(\w+):\]/.exec(rest);
      if (named !== null) {
        const inside = CLASSES[named[2]!];
        if (inside === undefined) throw this.fault('invalid character class range');
        if (named[1] === '^') throw this.fault('a negated class in brackets is not supported here');
        out += inside;
        this.at += named[0].length;
        continue;
      }
      const shorthand = rest[0] === '\\' ? SHORTHANDS[rest[1] ?? ''] : undefined;
      if (shorthand !== undefined) {
        out += shorthand[1] ? `\\${rest[1]}` : shorthand[0];
        this.at += 2;
        continue;
      }
      if (/^\\[pP]/.test(rest)) {
        this.at += 2;
        out += this.property(rest[1] === 'p' ? 'p' : 'P');
        continue;
      }
      out += this.range();
    }
    this.at++;
    return `${out}]`;
  }

  private range(): string {
    const low = this.classCharacter();
    if (this.pattern[this.at] !== '-' || this.pattern[this.at + 1] === ']') return this.folded(low, low);
    this.at++;
    if (this.at >= this.pattern.length) throw this.fault('missing closing ]');
    const high = this.classCharacter();
    if (high < low) throw this.fault('invalid character class range');
    return this.folded(low, high);
  }

  private folded(low: number, high: number): string {
    const plain = low === high ? hex(low) : `${hex(low)}-${hex(high)}`;
    if (!this.flags.i) return plain;
    let out = plain;
    for (const [from, to, shift] of [
      [65, 90, 32],
      [97, 122, -32],
    ] as const) {
      const start = Math.max(low, from);
      const end = Math.min(high, to);
      if (start <= end) out += `${hex(start + shift)}-${hex(end + shift)}`;
    }
    return out;
  }

  private classCharacter(): number {
    const code = this.pattern.codePointAt(this.at)!;
    if (code !== 92) {
      this.at += code > 0xffff ? 2 : 1;
      return code;
    }
    const char = this.pattern[this.at + 1];
    if (char === undefined) throw this.fault('trailing backslash at end of expression');
    this.at += 2;
    const written = this.escaped(char);
    const coded = /^\\(?:u\{([0-9A-Fa-f]+)\}|x([0-9A-Fa-f]{2}))$/.exec(written);
    if (coded !== null) return Number.parseInt(coded[1] ?? coded[2]!, 16);
    const control = { '\\f': 12, '\\t': 9, '\\n': 10, '\\r': 13, '\\v': 11 }[written];
    return control ?? written.codePointAt(0)!;
  }
}

function hex(code: number): string {
  return `\\u{${code.toString(16)}}`;
}

function flagsIn(letters: string, value: boolean): Partial<Flags> {
  return Object.fromEntries([...letters].map((letter) => [letter, value]));
}
