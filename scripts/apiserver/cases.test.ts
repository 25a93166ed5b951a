import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  type Document,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  parseAllDocuments,
} from 'yaml';
import type { Path } from '../core/path.ts';
import type { Mapping } from '../core/value.ts';
import { checkObject } from './check.ts';
import { serverOf } from './context.ts';

/*
 * Each document of cases/<topic>.yaml is one object. A line that the server refuses ends in
 * `# expect: <part of the message>` (several are split by ` | `); every other line must be silent.
 * `# kubernetes: 1.35` above a document picks the version, 1.36 otherwise.
 */
const DIR = 'scripts/apiserver/cases';

for (const file of readdirSync(DIR).sort()) {
  test(`cases/${file}`, () => {
    const source = readFileSync(`${DIR}/${file}`, 'utf8');
    const lines = source.split('\n');
    const counter = new LineCounter();
    for (const document of parseAllDocuments(source, { lineCounter: counter, version: '1.1' })) {
      assert.equal(document.errors, []);
      const first = counter.linePos(document.contents?.range[0] ?? 0).line;
      const last = counter.linePos(document.contents?.range[2] ?? 0).line;
      const text = lines.slice(first - 1, last);
      const version = /^# kubernetes: (\S+)$/m.exec(lines.slice(first - 2, first).join('\n'))?.[1] ?? '1.36';
      const expected = text.flatMap((line, index) => {
        const parts = /# expect: (.*)$/.exec(line)?.[1]?.split(' | ') ?? [];
        return parts.map((part) => ({ line: first + index, part }));
      });
      const found = checkObject(document.toJS() as Mapping, serverOf(version)).map(
        ({ at, place, message }) => ({
          line: counter.linePos(offsetOf(document, place ?? at)).line,
          message,
        }),
      );
      for (const { line, part } of expected) {
        const index = found.findIndex((one) => one.line === line && one.message.includes(part));
        if (index < 0)
          assert.unreachable(
            `${file}:${line} has nothing with "${part}", only ${JSON.stringify(found, undefined, 1)}`,
          );
        found.splice(index, 1);
      }
      assert.equal(found, [], `${file}: more than was expected`);
    }
  });
}

/** Where the deepest part of the path that is written begins: at its key, in a mapping. */
function offsetOf(document: Document.Parsed, path: Path): number {
  let node: ParsedNode | null | undefined = document.contents;
  let offset = node?.range[0] ?? 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(
        (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(step),
      );
      if (pair === undefined) break;
      offset = (pair.key as ParsedNode).range[0];
      node = pair.value as ParsedNode | null;
    } else if (isSeq(node) && typeof step === 'number') {
      node = node.items[step] as ParsedNode | undefined;
      offset = node?.range[0] ?? offset;
    } else break;
  }
  return offset;
}

test.run();
