import { isMapping, isSequence, type Mapping, type Value } from '../core/value.ts';
import type { Place, ScalarNode } from '../yaml/node.ts';
import { valueOf as jsonOf } from '../yaml/value.ts';
import type { NameReference } from './default-fields.ts';
import { failAt } from './failure.ts';
import type { FieldSpec } from './field-spec.ts';
import type { Loader } from './loader.ts';
import { isSchema, repeatedName } from './open-api-types.ts';
import { emptyConfig, mergeAt, type TransformerConfig } from './transformer-config.ts';

/** The fields that OpenAPI definitions under `crds` mark as names, labels, annotations or references. */
export function loadCrds(loader: Loader, entries: readonly ScalarNode[]): TransformerConfig {
  let config = emptyConfig;
  for (const entry of entries) {
    const file = loader.load(entry);
    const { text } = file.source;
    if (text === '' || (text.startsWith('{') && !isJson(text)))
      failAt(entry.place, `Unable to parse open API definition from "${entry.text}": it is not JSON`);
    const twice = text.startsWith('{') ? repeatedName(text, 3) : undefined;
    if (twice !== undefined)
      failAt(
        entry.place,
        `Unable to parse open API definition from "${entry.text}": "${twice}" stands twice`,
      );
    const document = loader.files.configuration(file)[0];
    const problem = document?.problems[0];
    if (problem !== undefined)
      failAt(problem.place, `Unable to parse open API definition: ${problem.message}`);
    const value = document?.root === undefined ? null : jsonOf(document.root);
    if (value === null) continue;
    if (!isMapping(value)) failAt(entry.place, `Unable to parse open API definition from "${entry.text}"`);
    for (const [name, definition] of Object.entries(value)) {
      if (!isTyped(definition, text.startsWith('{')))
        failAt(document!.root!.place, `Unable to parse open API definition "${name}"`);
      if (looksLikeObject(propertiesOf(definition)))
        config = mergeAt(entry, config, configOf(value, name, document!.root!.place));
    }
  }
  return config;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What Go decodes: a schema, and the names of others. */
function isTyped(definition: Value, isJson: boolean): boolean {
  if (definition === null) return true;
  if (!isMapping(definition)) return false;
  const names = definition.Dependencies ?? definition.dependencies ?? [];
  const schema = definition.Schema ?? definition.schema ?? null;
  return (
    (schema === null || isSchema(schema)) &&
    isSequence(names) &&
    names.every((name) => typeof name === 'string' || name === null || (!isJson && typeof name !== 'object'))
  );
}

function propertiesOf(definition: Value | undefined): Mapping {
  const schema =
    definition !== undefined && isMapping(definition) ? (definition.Schema ?? definition.schema) : undefined;
  const properties = schema !== undefined && isMapping(schema) ? schema.properties : undefined;
  return properties !== undefined && isMapping(properties) ? properties : {};
}

function looksLikeObject(properties: Mapping): boolean {
  return ['kind', 'apiVersion', 'metadata'].every((field) => Object.hasOwn(properties, field));
}

function configOf(definitions: Mapping, name: string, place: Place): TransformerConfig {
  const kind = name.slice(name.lastIndexOf('.') + 1);
  const annotations: FieldSpec[] = [];
  const labels: FieldSpec[] = [];
  const names: FieldSpec[] = [];
  const references: NameReference[] = [];
  const seen = new Set<string>();
  const visit = (typeName: string, path: readonly string[]) => {
    if (seen.has(typeName) || !Object.hasOwn(definitions, typeName)) return;
    seen.add(typeName);
    for (const [property, schema] of Object.entries(propertiesOf(definitions[typeName]))) {
      if (!isMapping(schema)) continue;
      const field = (...more: string[]): FieldSpec => ({
        group: '',
        version: '',
        kind,
        path: [...path, property, ...more].join('/'),
        create: false,
        place,
      });
      if (typeof schema['x-kubernetes-annotation'] === 'string') annotations.push(field());
      if (typeof schema['x-kubernetes-label-selector'] === 'string') labels.push(field());
      if (typeof schema['x-kubernetes-identity'] === 'string') names.push(field());
      const version = schema['x-kubernetes-object-ref-api-version'];
      const target = schema['x-kubernetes-object-ref-kind'];
      if (typeof version === 'string' && typeof target === 'string') {
        const key = schema['x-kubernetes-object-ref-name-key'];
        const referrers = [field(typeof key === 'string' ? key : 'name')];
        references.push({ group: '', version, kind: target, referrers });
      }
      if (typeof schema.$ref === 'string') visit(schema.$ref, [...path, property]);
    }
    seen.delete(typeName);
  };
  visit(name, []);
  const config = { ...emptyConfig, commonAnnotations: annotations, commonLabels: labels, namePrefix: names };
  return { ...config, nameReference: grouped(references) };
}

function grouped(references: readonly NameReference[]): readonly NameReference[] {
  const result: NameReference[] = [];
  for (const reference of references) {
    const index = result.findIndex((x) => x.kind === reference.kind && x.version === reference.version);
    if (index < 0) result.push(reference);
    else result[index] = { ...reference, referrers: [...result[index]!.referrers, ...reference.referrers] };
  }
  return result;
}
