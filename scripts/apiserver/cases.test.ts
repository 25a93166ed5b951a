import { readdirSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { differences, readCase } from './case-file.ts';
import { checkObject } from './check.ts';
import { serverOf } from './context.ts';

/*
 * Each document of cases/<topic>.yaml is one object. A line that the server refuses ends in
 * `# expect: <part of the message>` (several are split by ` | `); every other line must be silent.
 * `# kubernetes: 1.35` above a document picks the version, 1.36 otherwise.
 */
const DIR = 'scripts/apiserver/cases';

for (const file of readdirSync(DIR)
  .filter((name) => name.endsWith('.yaml'))
  .sort()) {
  test(`cases/${file}`, () => {
    const differing = readCase(`${DIR}/${file}`).flatMap((document) =>
      differences(document, checkObject(document.manifest, serverOf(document.kubernetesVersion))),
    );
    assert.equal(differing, []);
  });
}

test.run();
