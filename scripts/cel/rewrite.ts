/** An expression in the words of the library, or what of CEL it cannot say. */
export type Rewritten = { readonly text: string } | { readonly unsupported: string };

/**
 * The library is without messages in braces, reads regular expressions as JavaScript does, and knows `has` only of names
 * joined by dots. So `Name{field: value}` becomes a call, and `matches` and `has` become ours. Strings and comments stay as they are.
 * @param names of variables that are called otherwise in the environment
 */
export function rewrite(source: string, names: ReadonlyMap<string, string> = NO_NAMES): Rewritten {
  const writer = new Writer(names);
  const all = tokens(source);
  for (const [index, token] of all.entries()) {
    if (token.startsWith('`')) return { unsupported: 'identifier in backticks' };
    if (token === '?' && writer.beforeElement) return { unsupported: 'optional element of a list or map' };
    writer.add(token, isCall(token, all, index));
  }
  return { text: writer.text };
}

const NO_NAMES: ReadonlyMap<string, string> = new Map();

const TOKEN =
  /\/\/[^\n]*|[rRbB]{0,2}(?:"""[\s\S]*?"""|'''[\s\S]*?''')|[rRbB]{0,2}(?:"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|`[^`]*`|[A-Za-z_][A-Za-z0-9_]*|\s+|[\s\S]/g;

function tokens(source: string): string[] {
  // Raw strings have no escapes: `r"\\"` ends at the first quote, which the alternatives for both agree on but for a
  // backslash before the quote; that one is as rare as it is ambiguous.
  return source.match(TOKEN) ?? [];
}

/** Only what is called is another function: a field may be named the same. */
function isCall(token: string, all: readonly string[], index: number): boolean {
  if (token !== 'matches' && token !== 'has') return false;
  let next = index + 1;
  while (/^\s/.test(all[next] ?? '') || all[next]?.startsWith('//') === true) next++;
  return all[next] === '(';
}

const WORDS = new Set(['in', 'true', 'false', 'null']);

class Writer {
  text = '';
  readonly #names: ReadonlyMap<string, string>;
  /** What the token before was, spaces aside. */
  #last = '';
  /** The name before a brace: `Object.spec`. */
  #name = '';
  /** Open brackets; a message waits for the next field or is within one. */
  readonly #open: { readonly message: boolean; readonly index: boolean; inField: boolean }[] = [];

  constructor(names: ReadonlyMap<string, string>) {
    this.#names = names;
  }

  /** Whether the element of a list or map has to follow; `a[?b]` is an index. */
  get beforeElement(): boolean {
    return this.#open.at(-1)?.index === false && ['[', '{', ','].includes(this.#last);
  }

  add(token: string, called: boolean): void {
    if (/^\s/.test(token) || token.startsWith('//')) {
      this.text += token;
      return;
    }
    const top = this.#open.at(-1);
    if (token === '{' && this.#name !== '') {
      this.text = `${this.text.slice(0, this.text.lastIndexOf(this.#name))}struct_("${this.#name}", {`;
      this.#open.push({ message: true, index: false, inField: false });
    } else if (token === '[' || token === '(' || token === '{') {
      this.text += token;
      this.#open.push({
        message: false,
        index: token === '[' && /[\w\])}"']$/.test(this.#last),
        inField: true,
      });
    } else if (token === ']' || token === ')' || token === '}') {
      this.#open.pop();
      if (top?.message === true) this.text += top.inField && this.#last !== ',' ? ')})' : '})';
      else this.text += token;
    } else if (top?.message === true && token === ',' && top.inField) {
      this.text += '),';
      top.inField = false;
    } else if (top?.message === true && token === ':' && !top.inField) {
      this.text += ': dyn(';
      top.inField = true;
    } else if (top?.message === true && !top.inField && /^[A-Za-z_]/.test(token)) this.text += `"${token}"`;
    else if (called && token === 'matches') this.text += 'matchesRe2';
    else if (called && this.#last !== '.') this.text += 'has_';
    else this.text += this.#last === '.' ? token : (this.#names.get(token) ?? token);
    this.#follow(token);
  }

  /** `a.b.c` before a brace is a name; the text written is the same. */
  #follow(token: string): void {
    const isWord = /^[A-Za-z_]/.test(token) && !/["']$/.test(token) && !WORDS.has(token);
    if (isWord) this.#name = this.#last === '.' && this.#name !== '' ? `${this.#name}${token}` : token;
    else if (token === '.' && this.#name !== '') this.#name = `${this.#name}.`;
    else this.#name = '';
    this.#last = token;
  }
}
