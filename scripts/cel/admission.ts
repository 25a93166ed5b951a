import type { Environment } from '@marcbachmann/cel-js';
import { addType, celEnvironment } from './environment.ts';
import type { CelType } from './library.ts';
import { NotEvaluated } from './not-evaluated.ts';
import { sameCel } from './same.ts';
import { CelAuthorizer } from './values.ts';

const ASKED = {
  userInfo: 'the user who sends the request',
  uid: 'the uid of the request',
  options: 'the options of the request',
};

/** The request for admission; what only the server knows of it cannot be read. */
export class AdmissionRequest {
  constructor(known: Readonly<Record<string, unknown>>) {
    Object.assign(this, known);
    for (const [name, what] of Object.entries(ASKED))
      Object.defineProperty(this, name, {
        enumerable: true,
        get(): never {
          throw new NotEvaluated(what);
        },
      });
  }
}

class GroupVersionName {
  constructor(known: Readonly<Record<string, unknown>>) {
    Object.assign(this, known);
  }
}
export class GroupVersionKind extends GroupVersionName {}
export class GroupVersionResource extends GroupVersionName {}
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

/** Holds the values of a policy's variables, each found when it is first read. */
export class PolicyVariables {}

const scopes = new Map<string, Environment>();

/** The environment of admission expressions. */
export function admissionEnvironment(scope: AdmissionScope): Environment {
  const base = baseEnvironment(scope);
  if (scope.variables === undefined) return base;
  const environment = base.clone();
  addType(environment, {
    name: 'kubernetes.variables',
    ctor: PolicyVariables,
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
