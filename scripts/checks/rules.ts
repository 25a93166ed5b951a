import { Failure } from '../core/failure.ts';
import type { Rule } from '../core/finding.ts';
import type { Inventory } from '../core/inventory.ts';
import { nearest } from '../core/nearest.ts';
import { type Path, toFieldPath } from '../core/path.ts';
import type { Parameters, Policy } from '../core/policy.ts';
import type { Resource } from '../core/resource.ts';
import { isMapping, type Mapping, type Value } from '../core/value.ts';
import type { ActivePolicy } from './policies.ts';

/** What is said of a policy in a finding. */
export function ruleOf(policy: Policy): Rule {
  const { id, severity, title, why, fix } = policy;
  return { id, category: policy.category ?? 'policy', severity, title, why, fix };
}

export interface Selection {
  /** With the policies that are off by default. */
  readonly all: boolean;
  readonly extent: Inventory['extent'];
  /** A part is what a cluster of this repository still has where a folder does not build. */
  readonly ofCluster?: boolean;
}

/** What package.json says of one policy. */
interface Setting {
  /** Undefined where nothing is said of it. */
  readonly on: boolean | undefined;
  readonly severity: Rule['severity'];
  readonly parameters: Parameters;
}
export type Settings = ReadonlyMap<string, Setting>;
export const NO_SETTINGS: Settings = new Map();

/** The policies that are on, with the severity and parameters that hold here. */
export function activePolicies(
  policies: readonly Policy[],
  selection: Selection,
  settings: Settings = NO_SETTINGS,
): readonly ActivePolicy[] {
  return policies
    .filter((policy) => selection.all || (settings.get(policy.id)?.on ?? isOn(policy, selection)))
    .map((policy) => {
      const setting = settings.get(policy.id);
      const rule = ruleOf(policy);
      return {
        policy,
        rule: setting === undefined ? rule : { ...rule, severity: setting.severity },
        parameters: setting?.parameters ?? policy.parameters ?? {},
      };
    });
}

/** What looks at single objects needs nothing of what may be absent. */
function isOn(policy: Policy, { extent, ofCluster = false }: Selection): boolean {
  if (policy.default !== 'in-clusters') return policy.default === 'on';
  return extent === 'whole' || (ofCluster && policy.of !== 'cluster');
}

type File = Pick<Resource, 'manifest' | 'originsOf'>;
const AT: Path = ['planetarium', 'policies'];

/**
 * Reads `planetarium.policies` of package.json: for each id `off`, `on`, `warning`, `error`, or a mapping of
 * `severity` and parameters. What it does not know is a Failure at its place.
 */
export function policySettings(packageJson: File, policies: readonly Policy[]): Settings {
  const { planetarium } = packageJson.manifest;
  if (planetarium === undefined) return NO_SETTINGS;
  if (!isMapping(planetarium)) return fail(packageJson, ['planetarium'], 'is no object, expected "policies"');
  for (const key in planetarium) {
    if (key !== 'policies')
      return fail(packageJson, ['planetarium', key], 'is not known, expected "policies"');
  }
  const written = planetarium.policies;
  if (written === undefined) return NO_SETTINGS;
  const settings = new Map<string, Setting>();
  if (!isMapping(written)) return fail(packageJson, AT, 'is no object, expected settings by policy');
  for (const id in written) {
    const policy = policies.find((each) => each.id === id);
    if (policy === undefined) {
      const meant = nearest(id, new Set(policies.map((each) => each.id)));
      const expected = meant === undefined ? 'an id that `npm run explain` lists' : `"${meant}"`;
      return fail(packageJson, [...AT, id], `names no policy, expected ${expected}`);
    }
    settings.set(id, readSetting(packageJson, policy, written[id] ?? null));
  }
  return settings;
}

function readSetting(file: File, policy: Policy, value: Value): Setting {
  const at = [...AT, policy.id];
  const { severity } = policy;
  const parameters = policy.parameters ?? {};
  if (value === 'off') return { on: false, severity, parameters };
  if (value === 'on') return { on: true, severity, parameters };
  if (value === 'warning' || value === 'error') return { on: true, severity: value, parameters };
  if (!isMapping(value))
    return fail(file, at, `is ${show(value)}, expected "off", "on", "warning", "error" or an object`);
  return {
    on: true,
    severity: readSeverity(file, [...at, 'severity'], value.severity) ?? severity,
    parameters: { ...parameters, ...readParameters(file, at, parameters, value) },
  };
}

function readSeverity(file: File, at: Path, value: Value | undefined): Rule['severity'] | undefined {
  if (value === undefined || value === 'warning' || value === 'error') return value;
  return fail(file, at, `is ${show(value)}, expected "warning" or "error"`);
}

function readParameters(file: File, at: Path, known: Parameters, written: Mapping): Parameters {
  const read: Record<string, Parameters[string]> = {};
  for (const name in written) {
    if (name === 'severity') continue;
    const usual = known[name];
    const value = written[name];
    if (usual === undefined) {
      const names = ['severity', ...Object.keys(known)].join(', ');
      return fail(file, [...at, name], `is not known, expected one of ${names}`);
    }
    if (Array.isArray(usual)) {
      if (!Array.isArray(value) || !value.every((item) => typeof item === 'string'))
        return fail(file, [...at, name], `is ${show(value)}, expected an array of strings`);
      read[name] = value;
    } else if (
      typeof value === typeof usual &&
      typeof value !== 'bigint' &&
      !isMapping(value) &&
      value !== null
    ) {
      read[name] = value as Parameters[string];
    } else return fail(file, [...at, name], `is ${show(value)}, expected a ${typeof usual}`);
  }
  return read;
}

/** As JSON has it. */
function show(value: Value | undefined): string {
  return isMapping(value) || Array.isArray(value)
    ? JSON.stringify(value)
    : typeof value === 'string'
      ? `"${value}"`
      : String(value);
}

function fail(file: File, at: Path, message: string): never {
  throw new Failure(`Setting "${toFieldPath(at)}" ${message}`, { origin: file.originsOf(at)[0] });
}
