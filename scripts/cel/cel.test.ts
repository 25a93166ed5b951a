import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { AUTHORIZER, admissionEnvironment } from './admission.ts';
import { compile, evaluate } from './compile.ts';
import { toCel } from './convert.ts';

const OBJECT = {
  metadata: { name: 'web', labels: { 'a/b': 'c' } },
  spec: {
    replicas: 3,
    ratio: 1.5,
    ports: [
      { name: 'http', port: 80 },
      { name: 'https', port: 443 },
    ],
  },
};

/** Expressions and what they give; `!` begins a compile error, `?` what is not evaluated, `~` an error when it runs. */
const TABLE: readonly (readonly [string, unknown])[] = [
  // the core, over what has no schema
  ['object.spec.replicas == 3 && object.spec.ratio > 1', true],
  ["object.metadata.labels['a/b'] == 'c'", true],
  ['has(object.spec.nothing)', false],
  ['object.spec.nothing == 1', '~no such key'],
  ["object.spec.ports.all(p, p.port > 79) && object.spec.ports.exists_one(p, p.name == 'http')", true],
  ['object.spec.ports.map(p, p.port) == [80, 443]', true],
  ['1 == 1.0', '!no such overload'],
  ["object.spec.x ? true : 'a'", '!ternary branches'],
  ['params.x', '!unknown variable'],
  ['object.spec.replicas >', '!unexpected token'],
  // optionals
  ["object.?spec.?nothing.orValue('none') == 'none'", true],
  ['optional.of(3).optMap(x, x + 1).value() == 4', true],
  ['!optional.ofNonZeroValue([]).hasValue() && optional.ofNonZeroValue(1).hasValue()', true],
  // strings and regular expressions
  ["'a.b.c'.replace('.', '-', 1) == 'a-b.c' && 'abc'.charAt(1) == 'b'", true],
  ["'%s has %d of %.2f'.format(['x', 3, 1.5]) == 'x has 3 of 1.50'", true],
  ["'Web-1'.matches('^(?i)web-[[:digit:]]$')", true],
  ["'a1b22'.findAll('[0-9]+') == ['1', '22'] && 'a1'.find('[0-9]') == '1'", true],
  ["'x'.matches('[')", '!"[" is no regular expression'],
  ["timestamp('x') == timestamp('y')", '!"x" is no timestamp'],
  ["duration('90s') > duration('1m')", true],
  // lists and sets
  ['[3, 1, 2].sort() == [1, 2, 3] && [1, 2].sum() == 3 && [1, 5].max() == 5', true],
  ['[1, 1, 2].distinct() == [1, 2] && lists.range(3) == [0, 1, 2]', true],
  ['sets.contains([1, 2, 3], [2]) && !sets.intersects([1], [2])', true],
  ["[1, 'a']", '!list elements must have the same type'],
  ['[1, 2].first().value() == 1 && [1, 2].last().orValue(0) == 2', true],
  ['[1].includes(1)', '!found no matching overload'],
  ['{"a": 1, "b": 2}.all(k, v, v > 0) && [5, 6].exists(i, v, i == 1 && v == 6)', true],
  ['{"a": 1}.transformMap(k, v, v + 1) == {"a": 2}', true],
  ["[{'n': 2}, {'n': 1}].sortBy(x, x.n)[0].n == 1", true],
  // Kubernetes' own
  [
    "quantity('1Gi').isGreaterThan(quantity('1G')) && quantity('100m').add(quantity('900m')) == quantity('1')",
    true,
  ],
  ["isQuantity('10k') && !isQuantity('10K')", true],
  ["ip('10.0.0.1').family() == 4 && isIP('::1') && !isIP('010.0.0.1') && ip.isCanonical('fd00::1')", true],
  ["cidr('10.0.0.0/8').containsIP('10.1.2.3') && !cidr('10.0.0.0/8').containsCIDR('11.0.0.0/16')", true],
  ["url('https://u@example.com:80/a?b=c').getHostname() == 'example.com' && !isURL('example.com')", true],
  ["semver('1.2.3').isLessThan(semver('1.10.0')) && isSemver('v1.2', true) && !isSemver('v1.2')", true],
  [
    "!format.dns1123Label().validate('web').hasValue() && format.named('uuid').value().validate('x').hasValue()",
    true,
  ],
  // what only a server knows
  ["authorizer.group('apps').resource('deployments').check('get').allowed()", '?authorizer'],
  ["true || authorizer.path('/x').check('get').allowed()", true],
  ['object[?"spec"].hasValue()', true],
  ['[?object.?spec]', '?optional element of a list or map'],
  ["jsonpatch.escapeKey('a/b~c') == 'a~1b~0c'", true],
  ['Object{spec: Object.spec{replicas: 1}} != null', true],
  ['// a comment\nobject.spec.replicas > 1', true],
];

test('expressions', () => {
  const environment = admissionEnvironment({ minor: 36, params: false, conditions: false });
  const variables = { object: toCel(OBJECT), authorizer: AUTHORIZER };
  for (const [source, expected] of TABLE) {
    const compiled = compile(source, environment);
    const outcome = evaluate(compiled, variables);
    const got =
      compiled.is === 'problem'
        ? `!${compiled.message}`
        : outcome.is === 'value'
          ? outcome.value
          : `${outcome.is === 'error' ? `~${outcome.message}` : `?${outcome.what}`}`;
    const cut = typeof expected === 'string' && typeof got === 'string' ? got.slice(0, expected.length) : got;
    assert.equal(cut, expected, `${source}: ${String(got)}`);
  }
});

test.run();
