/** Kubernetes' selector syntax: `app=web, tier in (front, back), !canary`. */

export class SelectorFault extends Error {}

/** One condition on a mapping of labels or annotations. */
interface Requirement {
  readonly key: string;
  readonly operator: 'in' | 'notin' | 'exists' | 'absent' | 'gt' | 'lt';
  readonly values: readonly string[];
}

export type LabelSelector = (labels: ReadonlyMap<string, string>) => boolean;

const parsed = new Map<string, LabelSelector>();

/** Throws a SelectorFault where the text is no selector. The empty text selects everything. */
export function labelSelector(text: string): LabelSelector {
  let selector = parsed.get(text);
  if (selector === undefined) {
    const requirements = new Parser(tokens(text)).requirements();
    selector = (labels) => requirements.every((requirement) => satisfies(labels, requirement));
    parsed.set(text, selector);
  }
  return selector;
}

function satisfies(labels: ReadonlyMap<string, string>, { key, operator, values }: Requirement): boolean {
  const value = labels.get(key);
  switch (operator) {
    case 'exists':
      return value !== undefined;
    case 'absent':
      return value === undefined;
    case 'in':
      return value !== undefined && values.includes(value);
    case 'notin':
      return value === undefined || !values.includes(value);
    default: {
      if (value === undefined || !INTEGER.test(value)) return false;
      const left = BigInt(value.replace('+', ''));
      const right = BigInt(values[0]!.replace('+', ''));
      return operator === 'gt' ? left > right : left < right;
    }
  }
}

const INTEGER = /^[-+]?[0-9]+$/;
const SYMBOLS = new Set([')', ',', '!', '==', '=', '>', '<', '!=', '(']);
const SYMBOL = /[=!(),><]/;

function tokens(text: string): string[] {
  const found: string[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text[at]!;
    if (/[ \t\r\n]/.test(char)) {
      at++;
    } else if (SYMBOL.test(char)) {
      const pair = text.slice(at, at + 2);
      const symbol = SYMBOLS.has(pair) ? pair : char;
      found.push(symbol);
      at += symbol.length;
    } else {
      let end = at;
      while (end < text.length && !/[ \t\r\n=!(),><]/.test(text[end]!)) end++;
      found.push(text.slice(at, end));
      at = end;
    }
  }
  return found;
}

class Parser {
  private readonly tokens: readonly string[];
  private at = 0;

  constructor(found: readonly string[]) {
    this.tokens = found;
  }

  requirements(): Requirement[] {
    const found: Requirement[] = [];
    if (this.tokens.length === 0) return found;
    for (;;) {
      found.push(this.requirement());
      if (this.at >= this.tokens.length) return found;
      this.expect(',');
    }
  }

  private requirement(): Requirement {
    const absent = this.tokens[this.at] === '!';
    if (absent) this.at++;
    const key = this.word();
    if (!isQualifiedName(key)) throw new SelectorFault(`invalid label key "${key}"`);
    const next = this.tokens[this.at];
    if (next === undefined || next === ',')
      return { key, operator: absent ? 'absent' : 'exists', values: [] };
    const operator = this.operator();
    const values = operator.several ? this.list() : [this.value()];
    if (operator.name === 'gt' || operator.name === 'lt') {
      if (!INTEGER.test(values[0]!)) throw new SelectorFault(`"${values[0]}" is not an integer`);
    }
    for (const value of values)
      if (!isLabelValue(value)) throw new SelectorFault(`invalid label value "${value}"`);
    return { key, operator: operator.name, values };
  }

  private operator(): { readonly name: Requirement['operator']; readonly several: boolean } {
    const token = this.tokens[this.at++];
    switch (token) {
      case 'in':
      case 'notin':
        return { name: token, several: true };
      case '=':
      case '==':
        return { name: 'in', several: false };
      case '!=':
        return { name: 'notin', several: false };
      case '>':
        return { name: 'gt', several: false };
      case '<':
        return { name: 'lt', several: false };
      default:
        throw new SelectorFault(`found "${token ?? ''}", expected "=", "!=", "==", "in" or "notin"`);
    }
  }

  private value(): string {
    const next = this.tokens[this.at];
    return next === undefined || next === ',' ? '' : this.word();
  }

  private list(): string[] {
    this.expect('(');
    const values: string[] = [];
    for (;;) {
      const next = this.tokens[this.at];
      if (next === ',' || next === ')') values.push('');
      else values.push(this.word());
      if (this.tokens[this.at] === ')') break;
      this.expect(',');
    }
    this.at++;
    return values;
  }

  private word(): string {
    const token = this.tokens[this.at++];
    if (token === undefined || SYMBOLS.has(token))
      throw new SelectorFault(`found "${token ?? ''}", expected a name`);
    return token;
  }

  private expect(symbol: string): void {
    const token = this.tokens[this.at++];
    if (token !== symbol) throw new SelectorFault(`found "${token ?? ''}", expected "${symbol}"`);
  }
}

const NAME = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)$/;
const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

function isQualifiedName(key: string): boolean {
  const parts = key.split('/');
  if (parts.length > 2) return false;
  const name = parts.at(-1)!;
  if (parts.length === 2 && (parts[0]!.length > 253 || !SUBDOMAIN.test(parts[0]!))) return false;
  return name.length <= 63 && NAME.test(name);
}

function isLabelValue(value: string): boolean {
  return value === '' || (value.length <= 63 && NAME.test(value));
}
