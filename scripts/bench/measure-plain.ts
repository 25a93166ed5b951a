import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from './measure-size.ts';
import type { Measured } from './modes.ts';
import { checkerArgs, overlaysOf, PEERS } from './peers.ts';
import { type Command, run } from './process.ts';
import { spreadOf } from './statistics.ts';
import { makeSubject } from './subject.ts';

export interface PlainResult {
  readonly objects: number;
  readonly checkers: readonly Measured[];
}

const SIZE = { regions: 100, apps: 2, faults: 0 };

/** Manifests that were rendered beforehand, as files: every checker over all of them. */
export function measurePlain(runs: number, bench: Bench): PlainResult {
  const { program, work, installed, schemas, progress } = bench;
  const subject = makeSubject(SIZE, join(work, 'plain'), program);
  const rendered = join(subject.dir, 'rendered');
  mkdirSync(rendered);
  progress(`plain: rendering ${subject.overlays} overlays`);
  for (const overlay of overlaysOf(subject.dir, Number.POSITIVE_INFINITY)) {
    const { stdout } = run({
      program: installed.get('kustomize') ?? process.execPath,
      args: installed.has('kustomize') ? ['build', overlay] : [program, 'render', overlay],
      cwd: subject.dir,
    });
    writeFileSync(join(rendered, `${overlay.replaceAll('/', '_')}.yaml`), stdout);
  }
  const files = readdirSync(rendered).map((name) => join(rendered, name));
  const commands: (readonly [string, Command])[] = [
    [
      'planetarium validate',
      { program: process.execPath, args: [program, 'validate', 'rendered'], cwd: subject.dir },
    ],
  ];
  for (const peer of PEERS) {
    const found = installed.get(peer);
    if (found === undefined || peer === 'kustomize') continue;
    const what = peer === 'kube-score' ? files : [rendered];
    commands.push([
      peer,
      { program: found, args: [...checkerArgs(peer, schemas), ...what], cwd: subject.dir },
    ]);
  }
  progress('plain: checking');
  const checkers = commands.map(([name, command]): Measured => {
    const done = Array.from({ length: runs }, () => run(command));
    return {
      name,
      wallMs: spreadOf(done.map((each) => each.wallMs)),
      cpuMs: spreadOf(done.map((each) => each.cpuMs)),
    };
  });
  return { objects: subject.objects, checkers };
}
