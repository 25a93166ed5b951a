import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Failure } from '../core/failure.ts';
import { readCluster } from './clusters.ts';

const RIGHT = readFileSync('clusters/us-east/cluster.yaml', 'utf8');

/** An edit of the file, where the mistake is and what is said of it. */
const MISTAKES: readonly (readonly [string, string, string, string])[] = [
  [
    'zones: [us-east-1a, us-east-1b, us-east-1c]',
    'zones: us-east-1a',
    'us-east-1a',
    'Field "spec.zones" is the text "us-east-1a", expected a list',
  ],
  [
    '[us-east-1a, us-east-1b, us-east-1c]',
    '[]',
    '[]',
    'Field "spec.zones" is empty, expected something in it',
  ],
  [
    'requestsPerSecond: 900',
    'requestsPerSecond: "900"',
    '"900"',
    'Field "spec.load.requestsPerSecond" is the text "900", expected a number: leave out the quotes',
  ],
  [
    'requestsPerSecond: 900',
    'requestsPerSecond: 0',
    '0',
    'Field "spec.load.requestsPerSecond" is the number 0, expected more than 0',
  ],
  ['externals:', 'external:', 'external:', 'Field "spec.external" is unknown, expected "externals"'],
  ['spec:', 'specs:', 'specs:', 'Field "specs" is unknown, expected "spec"'],
  [
    '"1.36"',
    '1.36',
    '1.36',
    'Field "spec.kubernetesVersion" is the number 1.36, expected text: quote it, "1.36"',
  ],
  ['"1.36"', '"1.99"', '"1.99"', 'Kubernetes version "1.99" is not known, expected one of 1.35, 1.36, 1.37'],
  ['kind: Cluster\n', 'kind: Clustr\n', 'Clustr', 'Field "kind" is the text "Clustr", expected "Cluster"'],
  [
    'name: us-east',
    'name: us-west',
    'us-west',
    'Cluster is named "us-west", expected "us-east" as its folder',
  ],
];

for (const [find, replace, marked, message] of MISTAKES) {
  test(`cluster.yaml: ${message}`, () => {
    const root = mkdtempSync(join(tmpdir(), 'planetarium-'));
    try {
      assert.ok(RIGHT.includes(find));
      const text = RIGHT.replace(find, replace);
      mkdirSync(join(root, 'clusters/us-east'), { recursive: true });
      writeFileSync(join(root, 'clusters/us-east/cluster.yaml'), text);
      const failure = failureOf(() => readCluster(root, 'us-east'));
      assert.is(failure.message, message);
      const { line = 0, column = 0 } = failure.origin ?? {};
      assert.ok(
        text
          .split('\n')
          [line - 1]?.slice(column - 1)
          .startsWith(marked),
        `${line}:${column}`,
      );
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
}

function failureOf(work: () => void): Failure {
  try {
    work();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('expected a Failure');
}

test.run();
