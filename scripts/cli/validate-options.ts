import { parseArgs } from 'node:util';
import { KUBERNETES_VERSIONS } from '../core/cluster.ts';
import { Failure } from '../core/failure.ts';

export const FORMATS = ['text', 'json'] as const;
export type Format = (typeof FORMATS)[number];

export interface ValidateOptions {
  /** Files and folders as given; empty for the whole fleet. */
  readonly paths: readonly string[];
  /** Each report and where it goes; undefined is standard output. */
  readonly reports: readonly { readonly format: Format; readonly file: string | undefined }[];
  readonly only: readonly string[];
  readonly skip: readonly string[];
  /** For what no cluster claims. */
  readonly kubernetesVersion: string;
  readonly all: boolean;
  /** Mend in the files what can be mended for certain. */
  readonly fix: boolean;
  /** What rules on updates compare with; where the branch left main unless given. */
  readonly against: string | undefined;
  /** Narrows to what the difference from a commit can affect; undefined there is where the branch left main. */
  readonly changed: { readonly ref: string | undefined } | undefined;
  readonly watch: boolean;
}

export const VALIDATE_USAGE = `npm run validate [-- PATH…] [options]

Proves what Argo CD will sync in every cluster, or the kustomization folders and plain manifests at PATH (- for
standard input).

  --format text|json          how to report; with --output FILE the pair may repeat
  --output FILE               where that report goes instead of standard output
  --only NAME,…  --skip NAME,…  categories or rule ids
  --fix                       mend in the files what can be mended for certain; shows the change first
  --all                       also the rules that are off by default
  --against REF               what rules on updates compare with; where the branch left main unless given
  --changed [REF]             only what the difference can affect; from where the branch left main unless given
  --watch                     again after every change of a file
  --kubernetes-version 1.36   for what no cluster claims: ${KUBERNETES_VERSIONS.join(', ')}

Exit code: 0 nothing found, 1 an error was found, 2 could not check.
`;

export function readValidateOptions(args: readonly string[]): ValidateOptions | 'help' {
  const { values, positionals, tokens } = parseArgs({
    args: withValueOfChanged(args),
    allowPositionals: true,
    tokens: true,
    options: {
      format: { type: 'string', multiple: true },
      output: { type: 'string', multiple: true },
      only: { type: 'string', multiple: true },
      skip: { type: 'string', multiple: true },
      all: { type: 'boolean' },
      fix: { type: 'boolean' },
      against: { type: 'string' },
      changed: { type: 'string' },
      watch: { type: 'boolean' },
      'kubernetes-version': { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) return 'help';
  const kubernetesVersion = values['kubernetes-version'] ?? '1.36';
  if (!KUBERNETES_VERSIONS.some((version) => version === kubernetesVersion)) {
    throw new Failure(
      `--kubernetes-version "${kubernetesVersion}" is not known, expected one of ${KUBERNETES_VERSIONS.join(', ')}`,
    );
  }
  if (values.changed !== undefined && positionals.length > 0)
    throw new Failure('--changed narrows the whole fleet, expected no PATH beside it');
  return {
    paths: positionals,
    reports: pairReports(tokens),
    only: splitNames('--only', values.only),
    skip: splitNames('--skip', values.skip),
    kubernetesVersion,
    all: values.all === true,
    fix: values.fix === true,
    against: values.against,
    changed: values.changed === undefined ? undefined : { ref: values.changed || undefined },
    watch: values.watch === true,
  };
}

/** `--changed` may stand alone, which parseArgs has no word for: the value is given to it, empty where there is none. */
function withValueOfChanged(args: readonly string[]): string[] {
  const result: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    const next = args[i + 1];
    if (arg !== '--changed') result.push(arg);
    else if (next === undefined || next.startsWith('-')) result.push('--changed=');
    else {
      result.push(`--changed=${next}`);
      i++;
    }
  }
  return result;
}

type Token = ReturnType<typeof parseArgs>['tokens'];

/** Each `--output` belongs to the `--format` before it. */
function pairReports(tokens: NonNullable<Token>): ValidateOptions['reports'] {
  const reports: { format: Format; file: string | undefined }[] = [];
  for (const token of tokens) {
    if (token.kind !== 'option' || token.value === undefined) continue;
    if (token.name === 'format') reports.push({ format: readFormat(token.value), file: undefined });
    if (token.name === 'output') {
      const last = reports.at(-1);
      if (last === undefined) reports.push({ format: 'text', file: token.value });
      else if (last.file === undefined) last.file = token.value;
      else
        throw new Failure(`--output "${token.value}" has no --format of its own, expected the two in pairs`);
    }
  }
  if (reports.length === 0) return [{ format: 'text', file: undefined }];
  if (reports.filter((report) => report.file === undefined).length > 1) {
    throw new Failure('Two reports would share standard output, expected --output FILE for all but one');
  }
  return reports;
}

function readFormat(name: string): Format {
  const format = FORMATS.find((each) => each === name);
  if (format === undefined)
    throw new Failure(`--format "${name}" is not known, expected one of ${FORMATS.join(', ')}`);
  return format;
}

function splitNames(option: string, lists: readonly string[] | undefined): readonly string[] {
  return (lists ?? []).flatMap((list) => {
    const names = list.split(',').filter((name) => name !== '');
    // Nothing would mean everything: a variable of a script that is empty must not widen what it narrows.
    if (names.length === 0) throw new Failure(`${option} names nothing, expected categories or rule ids`);
    return names;
  });
}
