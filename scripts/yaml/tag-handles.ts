import { YamlFault } from './cursor.ts';
import type { Tag } from './node.ts';
import type { Scanner } from './scanner.ts';
import type { Token } from './token.ts';

const STANDARD_PREFIX = 'tag:yaml.org,2002:';
const DEFAULT_HANDLES: readonly (readonly [string, string])[] = [
  ['!', '!'],
  ['!!', STANDARD_PREFIX],
];

/** What the handles of one document's tags stand for: the default ones, and those of its directives. */
export class TagHandles {
  private readonly prefixes = new Map<string, string>();

  /** @param scanner stands before the directives of a document; without it there are none */
  constructor(scanner?: Scanner) {
    if (scanner !== undefined) this.read(scanner);
    for (const [handle, prefix] of DEFAULT_HANDLES)
      if (!this.prefixes.has(handle)) this.prefixes.set(handle, prefix);
  }

  private read(scanner: Scanner): void {
    let versioned = false;
    for (let token = scanner.peek(); ; token = scanner.next()) {
      if (token.kind === 'version') {
        if (versioned) throw new YamlFault('found duplicate %YAML directive', token.start, token.end);
        versioned = true;
        if (!/^0?1\.0?1$/.test(token.text))
          throw new YamlFault('found incompatible YAML document', token.start, token.end);
      } else if (token.kind === 'tag-directive') {
        if (this.prefixes.has(token.text))
          throw new YamlFault('found duplicate %TAG directive', token.start, token.end);
        this.prefixes.set(token.text, token.suffix);
      } else return;
    }
  }

  /** The short tag that a token stands for. */
  resolve(token: Token): Tag | undefined {
    const prefix = token.text === '' ? '' : this.prefixes.get(token.text);
    if (prefix === undefined) throw new YamlFault('found undefined tag handle', token.start, token.end);
    const tag = prefix + token.suffix;
    if (tag === '') return undefined;
    return tag.startsWith(STANDARD_PREFIX) ? `!!${tag.slice(STANDARD_PREFIX.length)}` : tag;
  }
}
