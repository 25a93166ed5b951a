import { Buffer } from 'node:buffer';
import { isBlank, isBreak, SPACE } from './characters.ts';
import { implicitTag } from './resolve.ts';

export type EmittedStyle = 'plain' | 'single' | 'double' | 'literal';

/** What go-yaml writes as it is; everything else it escapes. Tabs and what lies beyond U+FFFF are not among them. */
export function isPrintable(code: number): boolean {
  if (code < 0x7f) return code >= SPACE || code === 10;
  return (code >= 0xa0 && code < 0xd800) || (code >= 0xe000 && code <= 0xfffd && code !== 0xfeff);
}

const LEADING = new Set('#,[]{}&*!|>\'"%@`');
const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;
/** No indicator, nothing to escape, no space at an end: plain, if it reads as a string. */
const ORDINARY_LENGTH = 256;
const ORDINARY =
  /^[A-Za-z0-9_/.$=;()^~<+\\-](?:[A-Za-z0-9_./@$=;,()^~<>+*!&|{}[\]"'`%?\\-]|:(?=[^\s])| (?=[^\s#]))*$/;

interface Analysis {
  readonly plainAllowed: boolean;
  readonly singleAllowed: boolean;
  readonly literalAllowed: boolean;
  readonly multiline: boolean;
}

/** What a text allows, by the rules of the emitter that go-yaml has from libyaml. */
export function analyze(text: string): Analysis {
  let indicators = text.startsWith('---') || text.startsWith('...');
  let special = false;
  let breaks = false;
  let breakSpace = false;
  let spaceBreak = false;
  let previousSpace = false;
  let previousBreak = false;
  let afterWhitespace = true;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const beforeWhitespace = i + 1 >= text.length || isBlank(text.charCodeAt(i + 1));
    if (i === 0 && LEADING.has(text[0]!)) indicators = true;
    if (i === 0 && (code === 63 || code === 45) && beforeWhitespace) indicators = true;
    if (code === 58 && beforeWhitespace) indicators = true;
    if (code === 35 && afterWhitespace) indicators = true;
    if (!isPrintable(code)) special = true;
    const space = code === SPACE;
    const lineBreak = isBreak(code);
    if (space && previousBreak) breakSpace = true;
    if (lineBreak) {
      breaks = true;
      if (previousSpace) spaceBreak = true;
    }
    previousSpace = space;
    previousBreak = lineBreak;
    afterWhitespace = isBlank(code) || lineBreak;
  }
  const first = text.charCodeAt(0);
  const last = text.charCodeAt(text.length - 1);
  const padded = first === SPACE || last === SPACE;
  return {
    plainAllowed: !(padded || breaks || indicators || special || spaceBreak || breakSpace),
    singleAllowed: !(special || spaceBreak || breakSpace),
    literalAllowed: !(special || spaceBreak || last === SPACE),
    multiline: breaks,
  };
}

export interface ScalarForm {
  readonly style: EmittedStyle;
  /** The style as a key without `?`; undefined where it needs one. */
  readonly keyStyle: EmittedStyle | undefined;
}

const KEY_BYTES = 128;

function formOf(text: string): ScalarForm {
  if (text === '') return { style: 'double', keyStyle: 'double' };
  const tag = implicitTag(text, 'go-yaml-v2');
  const isString =
    (tag === '!!str' || tag === '!!merge') &&
    !(text.length < ORDINARY_LENGTH && text.includes(':') && BASE_60.test(text));
  const short = text.length <= KEY_BYTES && Buffer.byteLength(text) <= KEY_BYTES;
  if (
    text.length < ORDINARY_LENGTH &&
    ORDINARY.test(text) &&
    !text.startsWith('...') &&
    !text.startsWith('---') &&
    !/^-(?: |$)/.test(text)
  ) {
    const style = isString ? 'plain' : 'double';
    return { style, keyStyle: short ? style : undefined };
  }
  const { plainAllowed, singleAllowed, literalAllowed, multiline } = analyze(text);
  let style: EmittedStyle;
  if (text.includes('\n')) style = literalAllowed ? 'literal' : 'double';
  else if (!isString) style = 'double';
  else style = plainAllowed ? 'plain' : singleAllowed ? 'single' : 'double';
  return { style, keyStyle: short && !multiline ? style : undefined };
}

const forms = new Map<string, ScalarForm>();
const REMEMBERED = 20_000;

/** How go-yaml v2 writes a string: plain where that reads back as the same string, quoted or literal otherwise. */
export function scalarForm(text: string): ScalarForm {
  if (text.length > 64) return formOf(text);
  let form = forms.get(text);
  if (form === undefined) {
    form = formOf(text);
    if (forms.size >= REMEMBERED) forms.clear();
    forms.set(text, form);
  }
  return form;
}
