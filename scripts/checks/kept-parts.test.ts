import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ContentWriter, forgetOthers } from '../cache/content-store.ts';
import { inFolder } from '../core/fixture.ts';
import { type KeptPart, type KeptPlace, readKeptPart, writeKeptParts } from './kept-parts.ts';

/** Keeps folders in a run of its own: those without a place are new. */
function keep(dir: string, lines: Readonly<Record<string, KeptPlace | undefined>>) {
  const folders = Object.entries(lines).map(([text, place]) => {
    return { line: () => text, place, isCurrent: !text.startsWith('old ') };
  });
  return writeKeptParts(new ContentWriter(dir), folders)!;
}

function read(dir: string, parts: readonly KeptPart[]) {
  const lines = parts.flatMap((part) => readKeptPart(dir, part));
  return Object.fromEntries(lines.map(({ line, place }) => [line, place]));
}

const digests = (parts: readonly KeptPart[]) => parts.map(({ content }) => content.digest);

test('only what is new is written, until the parts are too many', () => {
  inFolder({}, (dir) => {
    let parts = keep(dir, { a: undefined, b: undefined, c: undefined, d: undefined, e: undefined });
    const counts = ['a', 'b', 'c', 'd', 'e'].map((name) => {
      const { [name]: _, ...others } = read(dir, parts);
      const next = keep(dir, { ...others, [`${name}${name}`]: undefined });
      if (next.length > 1) assert.equal(digests(next).slice(0, -1), digests(parts).slice(0, next.length - 1));
      parts = next;
      return parts.length;
    });
    assert.equal(counts, [2, 3, 4, 1, 2]);
    assert.equal(Object.keys(read(dir, parts)).sort(), ['aa', 'bb', 'cc', 'dd', 'ee']);
  });
});

test('what was so at the commit is told from what is so now', () => {
  inFolder({}, (dir) => {
    const parts = keep(dir, { a: undefined, 'old a': undefined });
    const lines = parts.flatMap((part) => readKeptPart(dir, part));
    assert.equal(
      lines.map(({ line, isCurrent }) => [line, isCurrent]),
      [
        ['a', true],
        ['old a', false],
      ],
    );
  });
});

test('what is damaged or gone was not kept', () => {
  inFolder({}, (dir) => {
    const parts = keep(dir, { a: undefined });
    const [name] = readdirSync(dir);
    writeFileSync(join(dir, name!), 'b');
    assert.equal(read(dir, parts), {});
    rmSync(join(dir, name!));
    assert.equal(read(dir, parts), {});
    assert.is(new ContentWriter(join(dir, 'a\0b')).write('x'), undefined);
  });
});

test('a file of which little counts is forgotten, and one that another run may be writing is not', () => {
  inFolder({}, (dir) => {
    const [small, large] = [
      keep(dir, { a: undefined }),
      keep(dir, { b: undefined, ['c'.repeat(99)]: undefined }),
    ];
    const [one, other] = [small[0]!.content, large[0]!.content];
    const little = { ...other, length: 1 };
    assert.equal(
      [...forgetOthers(dir, [one, other], Date.now() + 1000)].sort(),
      [one.file, other.file].sort(),
    );
    assert.equal([...forgetOthers(dir, [one], 0)], [one.file]);
    assert.is(readFileSync(join(dir, other.file), 'utf8').length, 101);
    assert.equal([...forgetOthers(dir, [one, little], 0)], [one.file]);
    assert.equal(readdirSync(dir), [one.file]);
    assert.equal([...forgetOthers(dir, [], Date.now() + 1000)], []);
    assert.equal(readdirSync(dir), []);
  });
});

test.run();
