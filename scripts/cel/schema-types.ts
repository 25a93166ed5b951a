import type { Environment } from '@marcbachmann/cel-js';
import { isMapping, type Mapping, type Value } from '../core/value.ts';
import { toCel } from './convert.ts';
import { addType, celEnvironment } from './environment.ts';
import { escapeProperty } from './escape.ts';
import { sameCel } from './same.ts';

/** What a part of a structural schema is to CEL. */
export interface CelNode {
  /** The library's name of the type. */
  readonly type: string;
  readonly convert: (value: Value) => unknown;
}

/** Where the rules of one part of a schema are compiled and evaluated. */
export interface SelfScope {
  readonly environment: Environment;
  /** Variables of the expression, and what they are called in the environment. */
  readonly names: ReadonlyMap<string, string>;
  readonly self: string;
  readonly oldSelf: string;
}

/** Field name in the manifest, name in expressions, and type. */
interface CelField {
  readonly name: string;
  readonly escaped: string;
  readonly node: CelNode;
}

let named = 0;

const TEXT: Mapping = { type: 'string' };
const NAMED: Mapping = { type: 'object', properties: { name: TEXT, generateName: TEXT } };

/** The types of one structural schema, made as expressions ask for them. */
export class SchemaTypes {
  readonly #base: Environment;
  readonly #environment: Environment;
  readonly #known = new Map<Mapping, CelNode | undefined>();
  readonly #scopes = { optional: new Map<Mapping, SelfScope>(), plain: new Map<Mapping, SelfScope>() };

  constructor(minor: number) {
    this.#base = celEnvironment(minor);
    this.#environment = this.#base.clone();
  }

  /**
   * Where `self` is a value of that schema; undefined where CEL cannot see into it. All parts share one environment,
   * each with variables of its own, since to copy an environment costs more than to compile a rule.
   */
  scopeOf(schema: Mapping, root: boolean, oldSelf: 'optional' | 'plain'): SelfScope | undefined {
    const scopes = this.#scopes[oldSelf];
    const known = scopes.get(schema);
    if (known !== undefined) return known;
    const node = this.nodeOf(schema, root);
    if (node === undefined) return undefined;
    const self = `self${++named}`;
    const old = `oldSelf${named}`;
    this.#environment
      .registerVariable(self, node.type)
      .registerVariable(old, oldSelf === 'optional' ? `optional<${node.type}>` : node.type);
    const scope: SelfScope = {
      environment: this.#environment,
      names: new Map([
        ['self', self],
        ['oldSelf', old],
      ]),
      self,
      oldSelf: old,
    };
    scopes.set(schema, scope);
    return scope;
  }

  /** @param root of a resource, also of an embedded one: kind, apiVersion and names are known without being written */
  nodeOf(schema: Mapping, root: boolean): CelNode | undefined {
    if (this.#known.has(schema)) return this.#known.get(schema);
    const node = this.#make(schema, root || schema['x-kubernetes-embedded-resource'] === true);
    this.#known.set(schema, node);
    return node;
  }

  #make(schema: Mapping, root: boolean): CelNode | undefined {
    if (schema['x-kubernetes-int-or-string'] === true) return { type: 'dyn', convert: toCel };
    switch (schema.type) {
      case 'array':
        return this.#list(schema);
      case 'object':
        return isMapping(schema.additionalProperties)
          ? this.#map(schema.additionalProperties)
          : this.#object(schema, root);
      case 'string':
        return this.#string(schema.format);
      case 'boolean':
        return { type: 'bool', convert: (value) => value };
      case 'number':
        return { type: 'double', convert: (value) => (typeof value === 'bigint' ? Number(value) : value) };
      case 'integer':
        return { type: 'int', convert: toCel };
      default:
        return undefined;
    }
  }

  #string(format: Value | undefined): CelNode {
    if (format === 'byte')
      return {
        type: 'bytes',
        convert: (value) => (typeof value === 'string' ? Buffer.from(value, 'base64') : value),
      };
    if (format === 'duration') return { type: 'google.protobuf.Duration', convert: this.#call('duration') };
    if (format === 'date' || format === 'date-time')
      return {
        type: 'google.protobuf.Timestamp',
        convert: (value) => (typeof value === 'string' ? new Date(value) : value),
      };
    return { type: 'string', convert: (value) => value };
  }

  #call(name: string): CelNode['convert'] {
    return (value) => {
      try {
        return this.#base.evaluate(`${name}(${JSON.stringify(value)})`);
      } catch {
        return value;
      }
    };
  }

  #list(schema: Mapping): CelNode | undefined {
    const items = isMapping(schema.items) ? this.nodeOf(schema.items, false) : undefined;
    if (items === undefined) return undefined;
    return {
      type: `list<${items.type}>`,
      convert: (value) => (Array.isArray(value) ? value.map(items.convert) : toCel(value)),
    };
  }

  #map(values: Mapping): CelNode | undefined {
    const node = this.nodeOf(values, false);
    if (node === undefined) return undefined;
    return {
      type: `map<string, ${node.type}>`,
      convert(value) {
        if (!isMapping(value)) return toCel(value);
        const map = new Map<string, unknown>();
        for (const key of Object.keys(value))
          if (value[key] !== null) map.set(key, node.convert(value[key]!));
        return map;
      },
    };
  }

  #object(schema: Mapping, root: boolean): CelNode {
    const properties = isMapping(schema.properties) ? schema.properties : {};
    const implied = root ? { apiVersion: TEXT, kind: TEXT, metadata: NAMED } : {};
    const fields: CelField[] = [];
    for (const [name, property] of Object.entries({ ...properties, ...implied })) {
      const escaped = escapeProperty(name);
      if (escaped === undefined || !isMapping(property)) continue;
      const node = this.nodeOf(property, false);
      if (node !== undefined) fields.push({ name, escaped, node });
    }
    const type = `Self${++named}`;
    const ctor = class Self {
      [field: string]: unknown;
    };
    const converted = new WeakMap<object, object>();
    const types = Object.fromEntries(fields.map(({ escaped, node }) => [escaped, node.type]));
    addType(this.#environment, { name: type, ctor, fields: types, equal: sameCel });
    return {
      type,
      convert(value) {
        if (!isMapping(value)) return toCel(value);
        // Rules on a part and on what it is in share what they see.
        const known = converted.get(value);
        if (known !== undefined) return known;
        const made = new ctor();
        converted.set(value, made);
        for (const { name, escaped, node } of fields) {
          const item = value[name];
          if (item !== undefined && item !== null) made[escaped] = node.convert(item);
        }
        return made;
      },
    };
  }
}
