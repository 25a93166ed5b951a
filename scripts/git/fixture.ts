import { spawnSync } from 'node:child_process';
import * as assert from 'uvu/assert';

const IDENTITY = ['user.name=test', 'user.email=test@example.org', 'commit.gpgsign=false'].flatMap(
  (setting) => ['-c', setting],
);

/** For tests: git in that folder, as somebody whom its own settings need not name. */
export function git(root: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync('git', [...IDENTITY, ...args], { cwd: root, encoding: 'utf8' });
  assert.is(status, 0, stderr);
}
