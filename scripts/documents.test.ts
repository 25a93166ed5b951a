import * as fs from 'node:fs';
import * as path from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

// What people are sent to by a page or by a comment in a manifest is there.

const IN_REPOSITORY = /(?<![\w./<-])(?:base|overlays|clusters|docs|schemas|\.github)\/[\w./*-]+/g;
/** Made up in the README, to show how a region is added. */
const EXAMPLE = 'eu-north';

function filesUnder(dir: string, suffix: string): string[] {
  return fs
    .readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(suffix))
    .map((file) => path.join(dir, file));
}

const pages = ['README.md', 'CONTRIBUTING.md', ...filesUnder('docs', '.md')];
const manifests = ['base', 'overlays', 'clusters', '.github'].flatMap((dir) => filesUnder(dir, '.yaml'));

function exists(named: string): boolean {
  const parts = named.replace(/[.]$/, '').split('/').filter(Boolean);
  const star = parts.indexOf('*');
  if (star < 0) return fs.existsSync(parts.join('/'));
  const dir = parts.slice(0, star).join('/');
  return fs
    .readdirSync(dir)
    .every((entry) => fs.existsSync([dir, entry, ...parts.slice(star + 1)].join('/')));
}

test('links between pages lead somewhere', () => {
  const dead: string[] = [];
  for (const page of pages) {
    for (const [, target = ''] of fs.readFileSync(page, 'utf8').matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)) {
      if (!fs.existsSync(path.join(path.dirname(page), target))) dead.push(`${page}: ${target}`);
    }
  }
  assert.equal(dead, []);
});

test('paths that pages and comments name exist', () => {
  const dead: string[] = [];
  for (const page of pages) {
    for (const [, code = ''] of fs.readFileSync(page, 'utf8').matchAll(/`([^`\n]+)`/g)) {
      if (code.includes('<') || code.includes(EXAMPLE)) continue;
      for (const [named] of code.matchAll(IN_REPOSITORY)) if (!exists(named)) dead.push(`${page}: ${named}`);
    }
  }
  for (const manifest of manifests) {
    for (const [comment] of fs.readFileSync(manifest, 'utf8').matchAll(/(?<=^|\s)# .*$/gm)) {
      for (const [named] of comment.matchAll(IN_REPOSITORY)) {
        if (!exists(named)) dead.push(`${manifest}: ${named}`);
      }
    }
  }
  assert.equal(dead, []);
});

test('actions are pinned by digest, with the version for people', () => {
  for (const file of filesUnder('.github/workflows', '.yaml')) {
    for (const [line] of fs.readFileSync(file, 'utf8').matchAll(/uses: .*/g)) {
      assert.match(line, /^uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/, `${file}: ${line}`);
    }
  }
});

test('charts are pinned to one version', () => {
  for (const file of filesUnder('base/platform/applications', '.yaml')) {
    for (const [, version = ''] of fs.readFileSync(file, 'utf8').matchAll(/targetRevision: (.*)/g)) {
      assert.match(version, /^v?\d+\.\d+\.\d+$/, `${file}: ${version}`);
    }
  }
});

test.run();
