import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openClusterJudge } from '../checks/judge-cluster.ts';
import { work } from '../core/work.ts';
import { clusterNames } from '../discover/cluster-names.ts';
import { writeRepository } from './write-repository.ts';

/** What judging all clusters of a generated fleet comes to. */
function workOf(regions: number, apps: number): typeof work {
  const root = mkdtempSync(join(tmpdir(), 'planetarium-'));
  try {
    writeRepository({ regions, apps, faults: 0 }, root);
    const before = { ...work };
    const judge = openClusterJudge({
      root,
      home: resolve('.'),
      url: 'https://github.com/planetarium/benchmark',
      only: [],
      skip: [],
      all: false,
      today: '2026-01-01',
      previous: undefined,
      changed: undefined,
      keeping: undefined,
    });
    for (const name of clusterNames(root)) judge.judge(name);
    const counted = { ...work };
    for (const name of Object.keys(before) as (keyof typeof work)[]) counted[name] -= before[name];
    return counted;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

// More is a loss of sharing, which no clock would show here; less is a gain, and a new number.
test('three regions of one application', () => {
  assert.equal(workOf(3, 1), {
    textsParsed: 32,
    kustomizationsAccumulated: 10,
    objectsRendered: 66,
    partsValidated: 101,
    partsKnown: 16,
    podsJudged: 12,
    podsKnown: 0,
    objectsJudged: 66,
  });
});

test('ten regions of two applications', () => {
  assert.equal(workOf(10, 2), {
    textsParsed: 119,
    kustomizationsAccumulated: 52,
    objectsRendered: 430,
    partsValidated: 336,
    partsKnown: 64,
    podsJudged: 40,
    podsKnown: 0,
    objectsJudged: 235,
  });
});

test.run();
