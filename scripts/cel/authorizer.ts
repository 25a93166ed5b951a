import { type CelLibrary, fn } from './library.ts';
import { authorizerAnswer, CelAuthorizer } from './values.ts';

const AUTHORIZER = 'kubernetes.authorization.Authorizer';
const self = (authorizer: CelAuthorizer): CelAuthorizer => authorizer;

/** The questions type-check; their answers are only known to a server. */
export const AUTHORIZERS: CelLibrary = {
  types: [
    { name: AUTHORIZER, ctor: CelAuthorizer, fields: { requestResource: AUTHORIZER }, equal: () => true },
  ],
  functions: [
    ...[
      'path',
      'group',
      'resource',
      'subresource',
      'namespace',
      'name',
      'fieldSelector',
      'labelSelector',
      'check',
    ].map((name) => fn(`${AUTHORIZER}.${name}(string): ${AUTHORIZER}`, self)),
    fn(`${AUTHORIZER}.serviceAccount(string, string): ${AUTHORIZER}`, self),
    ...['allowed', 'errored'].map((name) => fn(`${AUTHORIZER}.${name}(): bool`, authorizerAnswer)),
    ...['reason', 'error'].map((name) => fn(`${AUTHORIZER}.${name}(): string`, authorizerAnswer)),
  ],
};
