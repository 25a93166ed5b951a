import { Failure } from '../core/failure.ts';

/** What the rules need to know of the server that will judge. */
export interface ServerContext {
  /** `1.36`. */
  readonly kubernetesVersion: string;
  /** The minor version as a number: 36. Rules of a feature gate compare with it. */
  readonly minor: number;
}

const contexts = new Map<string, ServerContext>();

/** The server at that minor version; one object a version, so that results can be kept by identity. */
export function serverOf(kubernetesVersion: string): ServerContext {
  let context = contexts.get(kubernetesVersion);
  if (context === undefined) {
    const minor = Number(/^1\.(\d+)$/.exec(kubernetesVersion)?.[1]);
    if (Number.isNaN(minor))
      throw new Failure(`Kubernetes version "${kubernetesVersion}" is not a minor version such as "1.36"`);
    context = { kubernetesVersion, minor };
    contexts.set(kubernetesVersion, context);
  }
  return context;
}
