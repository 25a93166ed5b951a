import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { judgeFleet } from './checks/judge-fleet.ts';
import { readRepository } from './cli/repository.ts';

/** A mistake that a person might make in this repository, and the one finding that it must give. */
interface Fault {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  readonly rule: string;
  /** Where it is reported: in `file` unless another is given, on the line that holds `line` after the edit. */
  readonly at?: string;
  readonly line: string;
  /** All of them unless given. */
  readonly clusters?: readonly string[];
}

const ALL = ['ap-southeast', 'eu-west', 'us-east'];

const FAULTS: readonly Fault[] = JSON.parse(readFileSync('scripts/faults.json', 'utf8'));

async function withCopy<T>(work: (root: string) => Promise<T>): Promise<T> {
  const root = mkdtempSync(join(tmpdir(), 'planetarium-'));
  try {
    for (const name of ['base', 'overlays', 'clusters', 'package.json'])
      cpSync(name, join(root, name), { recursive: true });
    return await work(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function judge(root: string) {
  const { url } = readRepository(root);
  const judged = await judgeFleet({
    root,
    home: process.cwd(),
    url,
    only: [],
    skip: [],
    all: false,
    today: '2026-01-01',
    against: undefined,
  });
  return judged.findings;
}

test('the repository itself has no findings', async () => {
  assert.equal(await judge('.'), []);
});

for (const fault of FAULTS) {
  test(`${fault.name}: once, at its line, naming its regions`, async () => {
    await withCopy(async (root) => {
      const path = join(root, fault.file);
      const text = readFileSync(path, 'utf8');
      assert.ok(text.includes(fault.find), `${fault.file} holds ${JSON.stringify(fault.find)}`);
      writeFileSync(path, text.replace(fault.find, fault.replace));
      const at = fault.at ?? fault.file;
      const lines = readFileSync(join(root, at), 'utf8').split('\n');
      const expected = {
        rule: fault.rule,
        at: `${at}:${lines.findIndex((line) => line.includes(fault.line)) + 1}`,
        clusters: fault.clusters ?? ALL,
      };
      const found = (await judge(root)).map(({ rule, origin, clusters }) => ({
        rule,
        at: `${origin.file}:${origin.line}`,
        clusters,
      }));
      assert.equal(found, [expected]);
    });
  });
}

test.run();
