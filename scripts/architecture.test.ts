import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

/** What each folder may import beside itself; nothing imports what comes after it in the flow. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'scripts/core': [],
  'scripts/yaml': ['scripts/core'],
  'scripts/kustomize': ['scripts/core', 'scripts/yaml'],
  'scripts/discover': ['scripts/core', 'scripts/yaml', 'scripts/kustomize', 'schemas'],
  'scripts/schema': ['scripts/core', 'scripts/yaml'],
  'scripts/cel': ['scripts/core', 'scripts/schema'],
  'scripts/apiserver': ['scripts/core', 'scripts/cel', 'scripts/schema'],
  'scripts/cache': ['scripts/core'],
  'scripts/checks': [
    'scripts/cache',
    'scripts/core',
    'scripts/yaml',
    'scripts/kustomize',
    'scripts/discover',
    'scripts/schema',
    'scripts/cel',
    'scripts/apiserver',
    'scripts/git',
    'policies',
  ],
  'scripts/fix': ['scripts/core', 'scripts/discover', 'scripts/kustomize'],
  'scripts/git': [],
  'scripts/report': ['scripts/core'],
  'scripts/guide': ['scripts/apiserver', 'scripts/core', 'scripts/checks', 'policies'],
  'scripts/cli': ['scripts/core'],
  'scripts/bench': ['scripts/core', 'scripts/kustomize', 'scripts/schema'],
  policies: ['scripts/core'],
};

const IMPORT = /(?:^|\n)\s*(?:import|export)\s[^;'"]*?from\s+'(\.[^']+)'|import\('(\.[^']+)'\)/g;

function sources(dir: string): readonly string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = `${dir}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'cases' ? [] : sources(path);
    return path.endsWith('.ts') && !path.endsWith('.test.ts') ? [path] : [];
  });
}

function folderOf(path: string): string {
  const [first = '', second = ''] = path.split('/');
  return first === 'scripts' ? `${first}/${second}` : first;
}

test('imports follow the flow', () => {
  const wrong: string[] = [];
  for (const file of [...sources('scripts'), ...sources('policies')]) {
    const folder = folderOf(file);
    if (file.split('/').length < 3 && folder !== 'policies') continue; // an entry may import anything
    const allowed = MAY_IMPORT[folder];
    assert.ok(allowed, `${folder} is not in the table of this test`);
    for (const [, fromImport, fromCall] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
      const target = folderOf(join(dirname(file), fromImport ?? fromCall!));
      if (target !== folder && !allowed.includes(target)) wrong.push(`${file} imports ${target}`);
    }
  }
  assert.equal(wrong, []);
});

test('only entries touch the process', () => {
  const wrong = [...sources('scripts'), ...sources('policies')]
    .filter((file) => file.split('/').length > 2 && !file.startsWith('scripts/cli/'))
    .filter((file) => /process\.(argv|exit|stdout|stderr)|console\./.test(readFileSync(file, 'utf8')));
  assert.equal(wrong, []);
});

test.run();
