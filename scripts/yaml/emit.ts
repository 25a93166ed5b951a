import type { Path } from '../core/path.ts';
import { isMapping, isSequence, type Mapping, type Scalar, type Value } from '../core/value.ts';
import { isBreak, LF, SPACE } from './characters.ts';
import { escapeOf } from './escape.ts';
import { numberText } from './go-number.ts';
import { sortedKeys } from './key-order.ts';
import { isPrintable, scalarForm } from './scalar-style.ts';

/** One line of an emitted document, and what it shows. */
export interface EmittedLine {
  readonly text: string;
  /** Of the value that the line begins, or goes on with. */
  readonly path: Path;
}

/** One document as Kustomize prints it: keys in natural order, sequences not indented, lines folded after 80 columns. */
export function emit(value: Value): string {
  const emitter = new Emitter();
  emitter.root(value);
  return `${emitter.lines.join('\n')}\n`;
}

/** The same lines, each with the path of what stands on it. */
export function emitLines(value: Value): readonly EmittedLine[] {
  const emitter = new Emitter();
  emitter.paths = [];
  emitter.root(value);
  const { lines, paths } = emitter;
  return lines.map((text, i) => ({ text, path: paths[i] ?? [] }));
}

const WIDTH = 80;
/** Characters, as go-yaml counts columns. */
function columnsOf(text: string): number {
  let columns = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0xdc00 && code <= 0xdfff) columns--;
  }
  return columns;
}

class Emitter {
  readonly lines: string[] = [];
  paths: Path[] | undefined;
  private readonly path: (string | number)[] = [];
  private shown: Path = [];
  private line = '';

  root(value: Value): void {
    if (isSequence(value)) {
      if (value.length === 0) this.line = '[]';
      else this.sequence(value, 0, true);
    } else if (isMapping(value)) {
      if (sortedKeys(value).length === 0) this.line = '{}';
      else this.mapping(value, 0, true);
    } else this.scalar(value, 2);
    if (this.line !== '') this.newLine();
  }

  private newLine(): void {
    this.lines.push(this.line);
    this.paths?.push(this.shown);
    this.line = '';
  }

  /** Starts a part of its own: later lines belong to it. */
  private show(): void {
    if (this.paths !== undefined) this.shown = this.path.slice();
  }

  /**
   * A mapping or sequence whose entries stand at `indent`.
   * @param inline its first entry goes on in the present line, after `- `, `? ` or `: `
   */
  private collection(value: readonly Value[] | Mapping, indent: number, inline: boolean): void {
    if (isSequence(value)) this.sequence(value, indent, inline);
    else this.mapping(value, indent, inline);
  }

  private startEntry(indent: number, inline: boolean): void {
    if (!inline && this.line !== '') this.newLine();
    if (this.line.length < indent) this.line += ' '.repeat(indent - this.line.length);
    this.show();
  }

  private sequence(items: readonly Value[], indent: number, inline: boolean): void {
    for (let i = 0; i < items.length; i++) {
      this.path.push(i);
      this.startEntry(indent, inline && i === 0);
      this.line += '-';
      this.entry(items[i]!, indent, indent + 2, true);
      this.path.pop();
    }
  }

  private mapping(mapping: Mapping, indent: number, inline: boolean): void {
    const keys = sortedKeys(mapping);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]!;
      const value = mapping[key]!;
      this.path.push(key);
      this.startEntry(indent, inline && i === 0);
      const { keyStyle } = scalarForm(key);
      if (keyStyle !== undefined) {
        this.string(key, keyStyle, indent + 2, false);
        this.line += ':';
        this.entry(value, indent, isSequence(value) ? indent : indent + 2, false);
      } else {
        this.line += '?';
        this.string(key, scalarForm(key).style, indent + 2, true);
        this.startEntry(indent, false);
        this.line += ':';
        this.entry(value, indent, indent + 2, true);
      }
      this.path.pop();
    }
  }

  /** What follows `-`, `:` or `key:`. */
  private entry(value: Value, indent: number, inner: number, inline: boolean): void {
    if (isSequence(value) || isMapping(value)) {
      const empty = isSequence(value) ? value.length === 0 : sortedKeys(value).length === 0;
      if (empty) this.line += isSequence(value) ? ' []' : ' {}';
      else this.collection(value, inner, inline);
    } else this.scalar(value, indent + 2);
  }

  private scalar(value: Scalar, indent: number): void {
    if (typeof value === 'string') {
      this.string(value, scalarForm(value).style, indent, true);
      return;
    }
    if (this.line !== '') this.line += ' ';
    if (value === null) this.line += 'null';
    else this.line += typeof value === 'boolean' ? String(value) : numberText(value);
  }

  private string(text: string, style: string, indent: number, folds: boolean): void {
    if (folds && this.line !== '') this.line += ' ';
    const fits = this.line.length + text.length <= WIDTH;
    switch (style) {
      case 'plain':
        if (!folds || fits) this.line += text;
        else this.fold(text, indent, false);
        break;
      case 'single':
        this.line += "'";
        this.fold(text, indent, true, folds ? WIDTH : Number.POSITIVE_INFINITY);
        this.line += "'";
        break;
      case 'double':
        this.doubleQuoted(text, indent, folds);
        break;
      default:
        this.literal(text, indent);
    }
  }

  /** A plain or single-quoted scalar: breaks at a single space past the width. */
  private fold(text: string, indent: number, quoted: boolean, width = WIDTH): void {
    let column = columnsOf(this.line);
    let spaces = false;
    let breaks = false;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === SPACE) {
        const inside = !quoted || (i > 0 && i < text.length - 1);
        if (!spaces && column > width && inside && text.charCodeAt(i + 1) !== SPACE) {
          this.newLine();
          this.line = ' '.repeat(indent);
          column = indent;
        } else {
          this.line += ' ';
          column++;
        }
        spaces = true;
      } else if (isBreak(code)) {
        this.line += text[i];
        column = 0;
        breaks = true;
      } else {
        if (breaks) {
          this.line += ' '.repeat(indent);
          column = indent;
        }
        this.line += quoted && code === 39 ? "''" : text[i];
        if (code < 0xdc00 || code > 0xdfff) column += quoted && code === 39 ? 2 : 1;
        spaces = false;
        breaks = false;
      }
    }
  }

  private doubleQuoted(text: string, indent: number, folds: boolean): void {
    this.line += '"';
    let column = columnsOf(this.line);
    let spaces = false;
    // go-yaml looks for a byte order mark at the start of the text, not here, and then escapes everything.
    const escapeAll = text.charCodeAt(0) === 0xfeff;
    for (let i = 0; i < text.length; i++) {
      const code = text.codePointAt(i)!;
      if (code > 0xffff) i++;
      if (escapeAll || code > 0xffff || !isPrintable(code) || isBreak(code) || code === 34 || code === 92) {
        const escaped = escapeOf(code);
        this.line += escaped;
        column += escaped.length;
        spaces = false;
      } else if (code === SPACE && folds && !spaces && column > WIDTH && i > 0 && i < text.length - 1) {
        this.newLine();
        this.line = ' '.repeat(indent);
        column = indent;
        if (text.charCodeAt(i + 1) === SPACE) {
          this.line += '\\';
          column++;
        }
        spaces = true;
      } else {
        this.line += text[i];
        column++;
        spaces = code === SPACE;
      }
    }
    this.line += '"';
  }

  private literal(text: string, indent: number): void {
    const first = text.charCodeAt(0);
    const last = text.charCodeAt(text.length - 1);
    this.line += '|';
    if (first === SPACE || isBreak(first)) this.line += '2';
    if (!isBreak(last)) this.line += '-';
    else if (text.length === 1 || isBreak(text.charCodeAt(text.length - 2))) this.line += '+';
    const lines = text.split('\n');
    const pad = ' '.repeat(indent);
    // A line feed at the end leaves an empty part, which is no line.
    if (last === LF) lines.pop();
    for (const part of lines) {
      this.newLine();
      const padded = part.replaceAll(/[\u2028\u2029]+(?=[^\u2028\u2029])/g, `$&${pad}`);
      this.line = part === '' || isBreak(part.charCodeAt(0)) ? padded : pad + padded;
    }
    this.newLine();
  }
}
