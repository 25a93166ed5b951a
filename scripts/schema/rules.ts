import type { Rule, Severity } from '../core/finding.ts';

const rule = (id: string, severity: Severity, title: string, why: string, fix: string): Rule =>
  Object.freeze({ id, category: 'schema', severity, title, why, fix });

const DECODED = 'The API server decodes strictly: it refuses the whole object, and Argo CD cannot sync it.';
const VALIDATED =
  'The API server holds a custom resource to the schema of its CustomResourceDefinition and refuses the whole object.';

export const UNKNOWN_FIELD = rule(
  'unknown-field',
  'error',
  'Field that the kind does not have',
  `A misspelled or misplaced field does nothing. ${DECODED}`,
  'Spell the field as the kind does, move it to where it belongs, or remove it.',
);
export const WRONG_TYPE = rule(
  'wrong-type',
  'error',
  'Value of the wrong type',
  DECODED,
  'Write a value of the expected type: quote what must be text, leave numbers and booleans unquoted.',
);
export const MALFORMED_VALUE = rule(
  'malformed-value',
  'error',
  'Value that cannot be read',
  DECODED,
  'Write the value in the form that the field wants.',
);
export const MISSING_FIELD = rule(
  'missing-field',
  'error',
  'Required field that is missing',
  VALIDATED,
  'Add the field.',
);
export const UNSUPPORTED_VALUE = rule(
  'unsupported-value',
  'error',
  'Value that is not one of those allowed',
  VALIDATED,
  'Use one of the values that the schema lists.',
);
export const OUT_OF_BOUNDS = rule(
  'out-of-bounds',
  'error',
  'Value beyond the bounds of its schema',
  VALIDATED,
  'Bring the value within the bounds.',
);
export const NO_ALTERNATIVE_FITS = rule(
  'no-alternative-fits',
  'error',
  'Value that fits none of the allowed forms',
  VALIDATED,
  'Write the value in one of the forms that the schema allows.',
);
export const DUPLICATE_LIST_KEY = rule(
  'duplicate-list-key',
  'error',
  'Two items of a list with the same key',
  `The items of this list are told apart by their keys. ${VALIDATED}`,
  'Remove one of the items, or give it a key of its own.',
);
export const UNKNOWN_KIND = rule(
  'unknown-kind',
  'error',
  'Kind without a schema',
  'What no schema knows cannot be checked, and a cluster that does not serve the kind refuses it.',
  'Correct the apiVersion and kind, add the CustomResourceDefinition, make its schema with `npm run schemas`, or name the kind under kindsWithoutSchema in cluster.yaml with a reason.',
);
/** Of a group that Kubernetes does not have: in plain files nobody could have said that it is known to lack one. */
export const NO_SCHEMA: Rule = Object.freeze({ ...UNKNOWN_KIND });
export const KIND_NOT_CHECKED = rule(
  'kind-not-checked',
  'warning',
  'Kind in plain files that no schema is at hand for',
  'Its objects are held to no schema: a misspelled field of theirs goes unnoticed. Where a cluster runs them this is an error, unknown-kind.',
  'Name the file with its CustomResourceDefinition as a PATH too, or make its schema with `npm run schemas`.',
);
export const NOT_AN_OBJECT = rule(
  'not-an-object',
  'error',
  'Document that is no Kubernetes object',
  'Every object names its apiVersion and kind; without them nothing can be created.',
  'Give the document an apiVersion, a kind and metadata.name, or keep it out of the manifests.',
);
export const API_REMOVED = rule(
  'api-removed',
  'error',
  'API that the cluster no longer serves',
  'The API server answers that it knows no such kind, and Argo CD cannot sync the object.',
  'Move the object to the API that replaces it.',
);
export const API_NOT_YET_SERVED = rule(
  'api-not-yet-served',
  'error',
  'API that the cluster does not serve yet',
  'The API server answers that it knows no such kind, and Argo CD cannot sync the object.',
  'Upgrade the cluster first, or use the API that its version serves.',
);
export const API_NOT_SERVED = rule(
  'api-not-served',
  'error',
  'Version of a custom resource that its definition does not serve',
  'The API server answers that it knows no such kind, and Argo CD cannot sync the object.',
  'Use a version that the CustomResourceDefinition serves.',
);
export const API_DEPRECATED = rule(
  'api-deprecated',
  'warning',
  'Deprecated API',
  'A deprecated API gets no care and goes away one day; the API server warns at each use.',
  'Move the object to the API that replaces it.',
);
export const API_GOING_AWAY = rule(
  'api-going-away',
  'warning',
  'API that goes away within two minor versions',
  'After that upgrade the cluster refuses the object.',
  'Move the object to the API that replaces it before the upgrade.',
);
export const NAMESPACE_ON_CLUSTER_SCOPED = rule(
  'namespace-on-cluster-scoped',
  'warning',
  'Namespace on an object that has none',
  'The API server drops the namespace of a cluster-scoped object, so the manifest says what is not so.',
  'Remove metadata.namespace.',
);
export const YAML_SYNTAX = rule(
  'yaml-syntax',
  'error',
  'YAML that cannot be read',
  'The API server cannot read the manifest either.',
  'Mend the syntax at this place.',
);
export const DUPLICATE_KEY = rule(
  'duplicate-key',
  'error',
  'Key that is given twice',
  `Only one of the two values can count. ${DECODED}`,
  'Remove one of the two.',
);
export const AMBIGUOUS_SCALAR = rule(
  'ambiguous-yaml-scalar',
  'error',
  'Unquoted text that YAML 1.1 reads as something else',
  'The API server reads YAML 1.1: yes, no, on, off, y and n are booleans, 0777 is octal, 1e3 is a number.',
  'Put the value in quotes.',
);
export const UNUSABLE_DOCUMENT = rule(
  'unusable-document',
  'error',
  'Document that the API server cannot take',
  'The API server decodes one object from each document.',
  'Write one object a document.',
);

/** Every rule of the category `schema`. */
export const SCHEMA_RULES: readonly Rule[] = [
  AMBIGUOUS_SCALAR,
  API_DEPRECATED,
  API_GOING_AWAY,
  API_NOT_SERVED,
  API_NOT_YET_SERVED,
  API_REMOVED,
  DUPLICATE_KEY,
  DUPLICATE_LIST_KEY,
  KIND_NOT_CHECKED,
  MALFORMED_VALUE,
  MISSING_FIELD,
  NAMESPACE_ON_CLUSTER_SCOPED,
  NO_ALTERNATIVE_FITS,
  NOT_AN_OBJECT,
  OUT_OF_BOUNDS,
  UNKNOWN_FIELD,
  UNKNOWN_KIND,
  UNSUPPORTED_VALUE,
  UNUSABLE_DOCUMENT,
  WRONG_TYPE,
  YAML_SYNTAX,
];
