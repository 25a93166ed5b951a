import { accessSync, constants, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type Run, run } from './process.ts';

export const PEERS = ['kustomize', 'kubeconform', 'kube-linter', 'kube-score'] as const;
export type Peer = (typeof PEERS)[number];

/** Where each peer was found. */
export type Installed = ReadonlyMap<Peer, string>;

/** Looks on the PATH and where `go install` puts programs. */
export function findPeers(env: NodeJS.ProcessEnv): Installed {
  const go = env.GOPATH ?? join(homedir(), 'go');
  const dirs = [...(env.PATH ?? '').split(delimiter), join(go, 'bin')];
  const found = new Map<Peer, string>();
  for (const peer of PEERS) {
    const dir = dirs.find((each) => isProgram(join(each, peer)));
    if (dir !== undefined) found.set(peer, join(dir, peer));
  }
  return found;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** What each checker is run with on rendered manifests. */
export function checkerArgs(peer: Peer, schemas: string): readonly string[] {
  if (peer === 'kubeconform') {
    const location = `${schemas}/{{ .ResourceKind }}{{ .KindSuffix }}.json`;
    return ['-strict', '-schema-location', location, '-output', 'text'];
  }
  return peer === 'kube-linter' ? ['lint'] : ['score', '--output-format', 'ci'];
}

/** The overlays of a generated repository, spread evenly where only some are wanted. */
export function overlaysOf(dir: string, sample: number): readonly string[] {
  const all = readdirSync(join(dir, 'overlays'))
    .sort()
    .flatMap((region) =>
      readdirSync(join(dir, 'overlays', region))
        .sort()
        .map((app) => `overlays/${region}/${app}`),
    );
  if (all.length <= sample) return all;
  return Array.from({ length: sample }, (_, index) => all[Math.floor((index * all.length) / sample)]!);
}

export interface PipelineOptions {
  readonly peers: Installed;
  readonly repository: string;
  readonly schemas: string;
  /** Where the rendered manifests go. */
  readonly work: string;
  readonly overlays: readonly string[];
}

/** `kustomize build` of each overlay, its output handed to every checker that is there, two overlays at a time. */
export function runPipeline(options: PipelineOptions): Run {
  const { peers, schemas, work } = options;
  const rendered = join(work, 'rendered');
  mkdirSync(rendered, { recursive: true });
  const lines = [
    `out=${rendered}/$(echo "$1" | tr / _).yaml`,
    `${peers.get('kustomize')} build "$1" > "$out" || exit 0`,
  ];
  for (const peer of PEERS) {
    const program = peers.get(peer);
    if (peer === 'kustomize' || program === undefined) continue;
    const args = checkerArgs(peer, schemas).map((arg) => `'${arg}'`);
    lines.push(`${program} ${args.join(' ')} "$out" > /dev/null 2>&1`);
  }
  const script = join(work, 'pipeline.sh');
  writeFileSync(script, `${lines.join('\n')}\nexit 0\n`);
  const result = forEachOverlay(options, ['sh', script]);
  rmSync(rendered, { recursive: true, force: true });
  return result;
}

/** The real Kustomize alone, two overlays at a time. */
export function runKustomize(options: PipelineOptions): Run {
  return forEachOverlay(options, ['sh', '-c', `${options.peers.get('kustomize')} build "$0" > /dev/null`]);
}

function forEachOverlay({ repository, overlays }: PipelineOptions, command: readonly string[]): Run {
  return run({
    program: 'xargs',
    args: ['-P', '2', '-n', '1', ...command],
    cwd: repository,
    input: overlays.map((overlay) => `${overlay}\n`).join(''),
  });
}
