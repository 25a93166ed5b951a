import type { Resource } from '../core/resource.ts';
import type { Mapping, Value } from '../core/value.ts';
import type { MappingNode, SequenceNode, YamlNode } from './node.ts';

/**
 * What was worked out of a mapping or list. It is kept in the node: a WeakMap of as many young objects costs V8's
 * collector more than the memo saves.
 */
export class Memo {
  /** What it renders to, and where it stands in a flow collection though it was written in block style. */
  value: Value | undefined;
  flowValue: Value | undefined;
  /** What it renders to as an object's `metadata`, and as the annotations there. */
  metadata: Mapping | undefined;
  annotations: Mapping | undefined;
  /** What it is as an object. */
  resource: Resource | undefined;
  /** How it comes back from JSON, and with its times as text. */
  json: YamlNode | undefined;
  timesAsText: YamlNode | undefined;
  readonly node: MappingNode | SequenceNode;

  constructor(node: MappingNode | SequenceNode) {
    this.value = undefined;
    this.flowValue = undefined;
    this.metadata = undefined;
    this.annotations = undefined;
    this.resource = undefined;
    this.json = undefined;
    this.timesAsText = undefined;
    this.node = node;
  }
}

/** A copy of a node that took its memo along has none of its own yet. */
export function memoOf(node: MappingNode | SequenceNode): Memo {
  if (node.memo?.node === node) return node.memo;
  const memo = new Memo(node);
  node.memo = memo;
  return memo;
}
