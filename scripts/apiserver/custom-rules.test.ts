import { readdirSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { kindsOf } from '../schema/crd.ts';
import { ANY } from '../schema/shape.ts';
import { differences, readCase } from './case-file.ts';
import { CustomRules } from './custom-rules.ts';

// The first document of each file of cases/custom is a definition, the others are its objects; expectations as in cases.test.ts.
const DIR = 'scripts/apiserver/cases/custom';

for (const file of readdirSync(DIR).sort()) {
  test(`cases/custom/${file}`, () => {
    const [definition, ...objects] = readCase(`${DIR}/${file}`);
    const [kind] = kindsOf(definition!.manifest).kinds;
    const rules = new CustomRules(kind!.shape, () => ANY, 36);
    const differing = objects.flatMap((object) => differences(object, rules.check(object.manifest)));
    assert.equal(differing, []);
  });
}

test.run();
