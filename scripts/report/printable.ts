/** A text without what could command a terminal: control characters are shown as U+FFFD, tabs and line breaks stay. */
export function printable(text: string): string {
  return text.replace(/[^\P{Cc}\t\n]/gu, '\ufffd');
}
