import { type CelLibrary, fn } from './library.ts';
import { CelFormat } from './values.ts';

const TYPE = 'kubernetes.NamedFormat';
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const LABEL_1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

const upTo = (most: number, pattern: RegExp) => (text: string) => text.length <= most && pattern.test(text);
/** A prefix is judged as if something followed it. */
const prefix = (test: (text: string) => boolean) => (text: string) =>
  test(text.endsWith('-') ? `${text}a` : text);

function isQualifiedName(text: string): boolean {
  const slash = text.indexOf('/');
  const name = text.slice(slash + 1);
  return name.length <= 63 && NAME.test(name) && (slash < 0 || upTo(253, SUBDOMAIN)(text.slice(0, slash)));
}

const TESTS: Readonly<Record<string, (text: string) => boolean>> = {
  dns1123Label: upTo(63, LABEL),
  dns1123Subdomain: upTo(253, SUBDOMAIN),
  dns1035Label: upTo(63, LABEL_1035),
  qualifiedName: isQualifiedName,
  dns1123LabelPrefix: prefix(upTo(63, LABEL)),
  dns1123SubdomainPrefix: prefix(upTo(253, SUBDOMAIN)),
  dns1035LabelPrefix: prefix(upTo(63, LABEL_1035)),
  labelValue: (text) => text === '' || upTo(63, NAME)(text),
  uri: (text) => /^(?:[A-Za-z][A-Za-z0-9+.-]*:|\/)[^\s]*$/.test(text),
  uuid: (text) => /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i.test(text),
  byte: (text) => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text),
  date: (text) => /^\d{4}-(?:0\d|1[0-2])-(?:[0-2]\d|3[01])$/.test(text) && !Number.isNaN(Date.parse(text)),
  datetime: (text) =>
    /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:?\d{2})$/.test(text) &&
    !Number.isNaN(Date.parse(text.replace(' ', 'T'))),
};

const FORMATS = new Map(
  Object.entries(TESTS).map(([name, test]) => [
    name,
    new CelFormat(name, (text) => (test(text) ? [] : [`is no ${name}`])),
  ]),
);

/** Kubernetes' named formats: `format.dns1123Label().validate(self)`. */
export const NAMED_FORMATS: CelLibrary = {
  namespaces: ['format'],
  types: [{ name: TYPE, ctor: CelFormat, equal: (a: CelFormat, b: CelFormat) => a.name === b.name }],
  functions: [
    ...Array.from(FORMATS, ([name, format]) => fn(`formatNamespace.${name}(): ${TYPE}`, () => format)),
    fn(`formatNamespace.named(string): optional<${TYPE}>`, (_: unknown, name: string) => FORMATS.get(name)),
    fn(`${TYPE}.validate(string): optional<list<string>>`, (format: CelFormat, text: string) => {
      const problems = format.problemsOf(text);
      return problems.length === 0 ? undefined : problems;
    }),
  ],
};
