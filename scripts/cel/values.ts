import type { Address, Cidr } from '../core/address.ts';
import type { Quantity } from '../core/exact-quantity.ts';
import { NotEvaluated } from './not-evaluated.ts';

/** Values of the types that Kubernetes adds to CEL. */
export class CelQuantity {
  constructor(readonly amount: Quantity) {}
}

export class CelIp {
  constructor(readonly address: Address) {}
}

export class CelCidr {
  constructor(readonly range: Cidr) {}
}

export class CelUrl {
  constructor(
    readonly scheme: string,
    readonly host: string,
    readonly path: string,
    readonly query: string,
  ) {}
}

export class CelSemver {
  constructor(
    readonly numbers: readonly [bigint, bigint, bigint],
    readonly pre: readonly string[],
  ) {}
}

export class CelFormat {
  constructor(
    readonly name: string,
    readonly problemsOf: (text: string) => readonly string[],
  ) {}
}

/** What the server would ask its authorizer. */
export class CelAuthorizer {
  /** The resource of the request, to be asked about. */
  get requestResource(): CelAuthorizer {
    return this;
  }
}

/** A decision of the authorizer: to read it is to ask for what only a server knows. */
export function authorizerAnswer(): never {
  throw new NotEvaluated('authorizer');
}
