import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Listings } from './listings.ts';

const root = mkdtempSync(join(tmpdir(), 'planetarium-'));
mkdirSync(join(root, 'base'));
writeFileSync(join(root, 'base/a.yaml'), '');
const changed = statSync(join(root, 'base')).ctimeMs;

test('a listing is kept until its folder changes', () => {
  const listings = new Listings(root, changed + 1);
  assert.equal(listings.list('base'), { files: ['a.yaml'], folders: [] });
  assert.ok(listings.isWhole && !listings.isAsKept('base'));
  const later = new Listings(root, changed + 1, listings.next);
  assert.ok(later.isAsKept('base') && !later.changed);
});

test('what changed since the run began, or is not there, is not kept', () => {
  for (const [since, dir] of [[changed, 'base'] as const, [changed + 1, 'none'] as const]) {
    const listings = new Listings(root, since);
    listings.list(dir);
    assert.not(listings.isWhole, dir);
    assert.equal(Object.keys(listings.next), []);
  }
});

test('a folder whose names are what they were is as it was kept, whatever its time', () => {
  const listings = new Listings(root, changed + 1);
  listings.list('base');
  writeFileSync(join(root, 'b.yaml'), '');
  renameSync(join(root, 'b.yaml'), join(root, 'base/a.yaml'));
  const same = new Listings(root, Date.now() + 1000, listings.next);
  assert.ok(same.isAsKept('base') && same.changed);
  writeFileSync(join(root, 'base/b.yaml'), '');
  assert.not(new Listings(root, Date.now() + 1000, same.next).isAsKept('base'));
  rmSync(join(root, 'base/b.yaml'));
});

test.after(() => rmSync(root, { recursive: true, force: true }));
test.run();
