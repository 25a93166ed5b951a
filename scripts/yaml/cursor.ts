import { CR, isBlankOrEnd, LF } from './characters.ts';

/** A text that go-yaml refuses, with the offsets of the part at fault. */
export class YamlFault extends Error {
  readonly start: number;
  readonly end: number;

  constructor(message: string, start: number, end: number = start, cause?: unknown) {
    super(message, { cause });
    this.start = start;
    this.end = end;
  }
}

/** Searched for natively: a loop over characters is slow until the engine has compiled it, and most runs are short. */
const REST_OF_LINE = /[^\n\r\u0085\u2028\u2029]*/y;

/** A position in the part of a text between `position` and `end`, which knows where its line started. */
export class Cursor {
  readonly text: string;
  readonly end: number;
  position: number;
  lineStart: number;

  constructor(text: string, start: number, end: number) {
    this.text = text;
    this.position = start;
    this.lineStart = start;
    this.end = end;
  }

  /** The code at an offset, 0 past the end. */
  at(offset: number): number {
    return offset < this.end ? this.text.charCodeAt(offset) : 0;
  }

  get code(): number {
    return this.position < this.end ? this.text.charCodeAt(this.position) : 0;
  }

  get column(): number {
    return this.position - this.lineStart;
  }

  /** Kustomize makes CRLF a line feed before it reads on, so that a CR before it goes with it. */
  skipBreak(): void {
    const { position } = this;
    const isTwice = this.code === CR && this.at(position + 1) === CR && this.at(position + 2) === LF;
    this.position += isTwice ? 3 : this.code === CR && this.at(position + 1) === LF ? 2 : 1;
    this.lineStart = this.position;
  }

  /** Passes a line break and gives what it stands for: a line feed, but LS and PS stay themselves. */
  readBreak(): string {
    const { code } = this;
    this.skipBreak();
    return code === 0x2028 ? '\u2028' : code === 0x2029 ? '\u2029' : '\n';
  }

  /** Whether `---` or `...` stands here at the start of a line. */
  isDocumentMarker(): boolean {
    if (this.position !== this.lineStart) return false;
    const { code } = this;
    return (
      (code === 45 || code === 46) &&
      this.at(this.position + 1) === code &&
      this.at(this.position + 2) === code &&
      isBlankOrEnd(this.at(this.position + 3))
    );
  }

  skipToBreak(): void {
    REST_OF_LINE.lastIndex = this.position;
    REST_OF_LINE.test(this.text);
    this.position = Math.min(REST_OF_LINE.lastIndex, this.end);
  }
}

/** How lines of a flow scalar join: one break is a space, further ones stay; LS and PS always stay. */
export function foldBreaks(first: string, rest: string): string {
  if (first !== '\n') return first + rest;
  return rest === '' ? ' ' : rest;
}

export interface ScannedScalar {
  readonly text: string;
  readonly end: number;
  /** The scan stopped on a later line than the scalar's last: a key may start there. */
  readonly pastBreak: boolean;
}
