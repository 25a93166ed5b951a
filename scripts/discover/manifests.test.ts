import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { decode } from '../schema/decode.ts';
import { readPlainSources } from './manifests.ts';

const CONFIG_MAP = '{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}';

function read(text: string) {
  const { documents, resources } = readPlainSources([{ file: 'a.yaml', text }]);
  return {
    objects: resources.map(({ id }) => id.kind),
    problems: documents.flatMap(({ parsed }) => decode(parsed).problems.map(({ message }) => message)),
  };
}

test('a List is opened, and where it cannot be, that is what is said', () => {
  const list = 'apiVersion: v1\nkind: List\n';
  assert.equal(read(`${list}items: [${CONFIG_MAP}]`), { objects: ['ConfigMap'], problems: [] });
  assert.equal(read(`${list}items: abc`), {
    objects: [],
    problems: ['The List has "items" that are no list, expected a list of objects'],
  });
  assert.equal(read(list), {
    objects: [],
    problems: ['The List has no "items", expected a list of objects'],
  });
  // A kind of its own whose name ends so.
  assert.equal(read('apiVersion: example.com/v1\nkind: AllowList\nitems: {a: b}'), {
    objects: ['AllowList'],
    problems: [],
  });
});

test.run();
