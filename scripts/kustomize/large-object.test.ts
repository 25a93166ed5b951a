import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { isMapping } from '../core/value.ts';
import { createRenderer } from './render.ts';

const KEYS = 60_000;

test('a patch of a large object takes time by its size, not by the square of it', () => {
  const root = mkdtempSync(join(tmpdir(), 'large-'));
  test.after(() => rmSync(root, { recursive: true, force: true }));
  const head = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: large}\ndata:\n';
  const data = (value: string) =>
    Array.from({ length: KEYS }, (_, i) => `  k${i}: ${i % 2 === 0 ? value : `${value}${i}`}\n`);
  writeFileSync(join(root, 'large.yaml'), head + data('a').join(''));
  writeFileSync(join(root, 'patch.yaml'), head + data('null').join(''));
  writeFileSync(join(root, 'kustomization.yaml'), 'resources: [large.yaml]\npatches: [{path: patch.yaml}]\n');
  const start = performance.now();
  const [resource] = createRenderer({ root }).render(root).resources;
  const time = performance.now() - start;
  const kept = resource?.manifest.data;
  assert.is(isMapping(kept) && Object.keys(kept).length, KEYS / 2);
  // With squares it is half a minute and more.
  assert.ok(time < 10_000, `${time} ms`);
});

test.run();
