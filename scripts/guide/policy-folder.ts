import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The two examples of a policy, as people are shown them: the expectations say what is wrong. */
export interface Examples {
  readonly pass: string;
  readonly fail: string;
}

/** @param root absolute path of the folder that holds `policies` */
export function readExamples(root: string, id: string): Examples {
  const read = (name: string) =>
    readFileSync(join(root, 'policies', id, `${name}.yaml`), 'utf8')
      .trimEnd()
      .replaceAll('# expect: ', '# ');
  return { pass: read('pass'), fail: read('fail') };
}
