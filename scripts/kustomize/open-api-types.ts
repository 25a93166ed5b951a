/**
 * The types that Kustomize's OpenAPI library decodes a document into: a field of another type is refused, whatever it
 * is for. Fields that are not listed may hold anything, and null may stand anywhere. From k8s.io/kube-openapi,
 * pkg/validation/spec.
 */
import { isMapping, isSequence, type Value } from '../core/value.ts';

type Check = (value: Value) => boolean;

const anything: Check = () => true;
const text: Check = (value) => typeof value === 'string';
const flag: Check = (value) => typeof value === 'boolean';
const number: Check = (value) => typeof value === 'number' || typeof value === 'bigint';
const integer: Check = (value) => typeof value === 'bigint' || Number.isInteger(value);

function orNull(check: Check): Check {
  return (value) => value === null || check(value);
}
function list(item: Check): Check {
  const each = orNull(item);
  return (value) => isSequence(value) && value.every(each);
}
function map(item: Check, isItem: (key: string) => boolean = anything as () => boolean): Check {
  const each = orNull(item);
  return (value) =>
    isMapping(value) && Object.entries(value).every(([key, entry]) => !isItem(key) || each(entry));
}
function struct(fields: () => Readonly<Record<string, Check>>): Check {
  let known: ReadonlyMap<string, Check> | undefined;
  return (value) => {
    if (!isMapping(value)) return false;
    known ??= new Map(Object.entries(fields()).map(([name, check]) => [name, orNull(check)]));
    const checks = known;
    return Object.entries(value).every(([name, entry]) => checks.get(name)?.(entry) ?? true);
  };
}

const texts = list(text);
const textOrTexts: Check = (value) => text(value) || texts(value);
/** One that is no text counts as absent. */
const reference: Check = (value) => typeof value !== 'string' || !/%(?![0-9a-fA-F]{2})/.test(value);
const docs = struct(() => ({ description: text, url: text }));
const security = list(map(texts));

const validations = {
  maximum: number,
  exclusiveMaximum: flag,
  minimum: number,
  exclusiveMinimum: flag,
  maxLength: integer,
  minLength: integer,
  pattern: text,
  maxItems: integer,
  minItems: integer,
  uniqueItems: flag,
  multipleOf: number,
  enum: list(anything),
};

const schemaOrFlag: Check = (value) => flag(value) || isSchema(value);
const schemaOrList: Check = (value) =>
  isMapping(value) ? isSchema(value) : isSequence(value) ? list(isSchema)(value) : true;

/** Whether a value is one schema, as far as its types go. */
export const isSchema: Check = struct(() => ({
  ...validations,
  id: text,
  $ref: reference,
  description: text,
  type: textOrTexts,
  nullable: flag,
  format: text,
  title: text,
  maxProperties: integer,
  minProperties: integer,
  required: texts,
  items: schemaOrList,
  allOf: list(isSchema),
  oneOf: list(isSchema),
  anyOf: list(isSchema),
  not: isSchema,
  properties: map(isSchema),
  additionalProperties: schemaOrFlag,
  patternProperties: map(isSchema),
  dependencies: map(anything),
  additionalItems: schemaOrFlag,
  definitions: map(isSchema),
  discriminator: text,
  readOnly: flag,
  externalDocs: docs,
}));

const items: Check = struct(() => ({ ...simple, ...validations, $ref: reference }));
const simple = { type: text, nullable: flag, format: text, items, collectionFormat: text };
const parameter = struct(() => ({
  ...simple,
  ...validations,
  $ref: reference,
  description: text,
  name: text,
  in: text,
  required: flag,
  schema: isSchema,
  allowEmptyValue: flag,
}));
const response = struct(() => ({
  $ref: reference,
  description: text,
  schema: isSchema,
  headers: map(struct(() => ({ ...simple, ...validations, description: text }))),
  examples: map(anything),
}));
const operation = struct(() => ({
  description: text,
  consumes: texts,
  produces: texts,
  schemes: texts,
  tags: texts,
  summary: text,
  externalDocs: docs,
  operationId: text,
  deprecated: flag,
  security,
  parameters: list(parameter),
  responses: map(response, (key) => key === 'default' || /^[0-9]+$/.test(key)),
}));
const pathItem = struct(() => ({
  $ref: reference,
  get: operation,
  put: operation,
  post: operation,
  delete: operation,
  options: operation,
  head: operation,
  patch: operation,
  parameters: list(parameter),
}));

/** Whether a value is a whole document, as far as its types go. */
export const isOpenApiDocument: Check = struct(() => ({
  id: text,
  consumes: texts,
  produces: texts,
  schemes: texts,
  swagger: text,
  info: struct(() => ({
    description: text,
    title: text,
    termsOfService: text,
    contact: struct(() => ({ name: text, url: text, email: text })),
    license: struct(() => ({ name: text, url: text })),
    version: text,
  })),
  host: text,
  basePath: text,
  paths: map(pathItem, (key) => key.startsWith('/')),
  definitions: map(isSchema),
  parameters: map(parameter),
  responses: map(response),
  securityDefinitions: map(anything),
  security,
  tags: list(struct(() => ({ description: text, name: text, externalDocs: docs }))),
  externalDocs: docs,
}));

/**
 * A name that stands twice in one object of a JSON text, which that library refuses.
 *
 * @param depth of the outermost objects that are looked at, 1 for the document itself
 */
export function repeatedName(json: string, depth: number): string | undefined {
  const open: Set<string>[] = [];
  for (const [token, name] of json.matchAll(/"((?:[^"\\]|\\.)*)"(?:\s*:)?|[{}]/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (token.endsWith(':') && name !== undefined && open.length >= depth) {
      if (open.at(-1)!.has(name)) return name;
      open.at(-1)!.add(name);
    }
  }
  return undefined;
}
