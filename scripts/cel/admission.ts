import type { Environment } from '@marcbachmann/cel-js';
import { addType, celEnvironment } from './environment.ts';
import type { CelType } from './library.ts';
import { NotEvaluated } from './not-evaluated.ts';
import { sameCel } from './same.ts';
import { CelAuthorizer } from './values.ts';

/** The request for admission; what only the server knows of it cannot be read. */
export class AdmissionRequest {
  constructor(known: Readonly<Record<string, unknown>>) {
    Object.assign(this, known);
  }
  get userInfo(): never {
    throw new NotEvaluated('the user who sends the request');
  }
  get uid(): never {
    throw new NotEvaluated('the uid of the request');
  }
  get options(): never {
    throw new NotEvaluated('the options of the request');
  }
}

export class GroupVersionName {
  constructor(known: Readonly<Record<string, unknown>>) {
    Object.assign(this, known);
  }
}
class GroupVersionKind extends GroupVersionName {}
class GroupVersionResource extends GroupVersionName {}
class UserInfo {}

const STRING = 'string';

const TYPES: readonly CelType[] = [
  {
    name: 'kubernetes.GroupVersionKind',
    ctor: GroupVersionKind,
    fields: { group: STRING, version: STRING, kind: STRING },
    equal: sameCel,
  },
  {
    name: 'kubernetes.GroupVersionResource',
    ctor: GroupVersionResource,
    fields: { group: STRING, version: STRING, resource: STRING },
    equal: sameCel,
  },
  {
    name: 'kubernetes.UserInfo',
    ctor: UserInfo,
    fields: { username: STRING, uid: STRING, groups: 'list<string>', extra: 'map<string, list<string>>' },
    equal: sameCel,
  },
  {
    name: 'kubernetes.AdmissionRequest',
    ctor: AdmissionRequest,
    fields: {
      kind: 'kubernetes.GroupVersionKind',
      resource: 'kubernetes.GroupVersionResource',
      subResource: STRING,
      requestKind: 'kubernetes.GroupVersionKind',
      requestResource: 'kubernetes.GroupVersionResource',
      requestSubResource: STRING,
      name: STRING,
      namespace: STRING,
      operation: STRING,
      userInfo: 'kubernetes.UserInfo',
      dryRun: 'bool',
      options: 'dyn',
      uid: STRING,
    },
    equal: sameCel,
  },
];

/** Where an expression stands decides which variables it has. */
export interface AdmissionScope {
  readonly minor: number;
  readonly params: boolean;
  /** Conditions of a policy and of a webhook see less than its validations. */
  readonly conditions: boolean;
  /** The variables of the policy that come before, with the types of their expressions. */
  readonly variables?: Readonly<Record<string, string>>;
}

const scopes = new Map<string, Environment>();

/** The environment of admission expressions. */
export function admissionEnvironment(scope: AdmissionScope): Environment {
  const base = baseEnvironment(scope);
  if (scope.variables === undefined) return base;
  const environment = base.clone();
  addType(environment, {
    name: 'kubernetes.variables',
    ctor: class Variables {},
    fields: scope.variables,
    equal: sameCel,
  });
  return environment.registerVariable('variables', 'kubernetes.variables');
}

function baseEnvironment({ minor, params, conditions }: AdmissionScope): Environment {
  const key = `${minor} ${params} ${conditions}`;
  let made = scopes.get(key);
  if (made === undefined) {
    made = celEnvironment(minor).clone();
    for (const type of TYPES) addType(made, type);
    made.registerVariable('object', 'dyn').registerVariable('oldObject', 'dyn');
    made.registerVariable('request', 'kubernetes.AdmissionRequest');
    made.registerVariable('authorizer', 'kubernetes.authorization.Authorizer');
    if (params) made.registerVariable('params', 'dyn');
    // Null for an object of the whole cluster, which a typed variable cannot be here.
    if (!conditions) made.registerVariable('namespaceObject', 'dyn');
    scopes.set(key, made);
  }
  return made;
}

export const AUTHORIZER: CelAuthorizer = new CelAuthorizer();
