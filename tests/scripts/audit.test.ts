import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { auditVerdict } from '../../scripts/audit/verdict.ts';
import { temporaryHome } from '../../scripts/temporary-home.ts';

const root = new URL('../../', import.meta.url).pathname;

/** Runs the audit with an npm of its own that answers this, or with none. */
function audit(answer: { readonly stdout: string; readonly status: number } | undefined, env: NodeJS.ProcessEnv = {}) {
  const home = temporaryHome();
  try {
    const bin = join(home.path, 'bin');
    mkdirSync(bin);
    if (answer !== undefined) {
      writeFileSync(join(home.path, 'answer'), answer.stdout);
      const npm = join(bin, 'npm');
      writeFileSync(npm, `#!/bin/sh\n/bin/cat '${join(home.path, 'answer')}'\nexit ${answer.status}\n`);
      chmodSync(npm, 0o755);
    }
    const { status, stderr } = spawnSync(process.execPath, ['scripts/audit.ts'], {
      cwd: root,
      env: { PATH: bin, ...env },
      encoding: 'utf8',
    });
    return { status, said: stderr };
  } finally {
    home.remove();
  }
}

const report = (total: number, prod = 100, vulnerabilities: object = {}): string =>
  JSON.stringify({ vulnerabilities, metadata: { vulnerabilities: { total }, dependencies: { prod } } });

test('a report without a vulnerability passes and says of how many packages', () => {
  const { status, said } = audit({ stdout: report(0), status: 0 });

  expect(status).toBe(0);
  expect(said).toContain('no known vulnerability in what is shipped (100 packages)');
});

test.each([{}, { MINOS_NO_AUDIT: '1' }])('a vulnerability fails, whatever the switch says: %j', (env) => {
  const found = { lodash: { severity: 'high', range: '<4.17.21\u001b[31m' } };
  const { status, said } = audit({ stdout: report(1, 100, found), status: 1 }, env);

  expect(status).toBe(1);
  expect(said).toContain('lodash <4.17.21\\u001b[31m: high');
});

test.each([
  ['no npm at all', undefined],
  ['an npm that says nothing', { stdout: '', status: 1 }],
  ['a registry without an audit', { stdout: '{"message":"405 Method Not Allowed","method":"POST"}', status: 1 }],
  ['an error of npm', { stdout: '{"error":{"code":"ENOAUDIT","summary":"no audit here"}}', status: 1 }],
  ['a page of HTML', { stdout: '<html>proxy</html>', status: 0 }],
  ['half a report', { stdout: '{"metadata":', status: 0 }],
  ['a list', { stdout: '[]', status: 0 }],
  ['a report on no package', { stdout: report(0, 0), status: 0 }],
  ['a report that npm itself does not stand by', { stdout: report(0), status: 1 }],
  ['a report without numbers', { stdout: '{"metadata":{"vulnerabilities":{}}}', status: 0 }],
])('%s is no audit: it fails, and passes only with the switch, saying so', (_what, answer) => {
  const run = answer ?? { stdout: null, status: null, error: new Error('spawnSync npm ENOENT') };
  const [strict, allowed] = [auditVerdict(run, false), auditVerdict(run, true)];

  expect([strict.exitCode, allowed.exitCode]).toEqual([2, 0]);
  for (const { lines } of [strict, allowed]) expect(lines.join()).toContain('NOTHING WAS AUDITED');
});

test('the script itself ends with what was found, and only MINOS_NO_AUDIT=1 is the switch', () => {
  const refused = { stdout: '{"message":"405 Method Not Allowed"}', status: 1 };

  expect(audit(refused)).toMatchObject({
    status: 2,
    said: expect.stringContaining('405 Method Not Allowed') as string,
  });
  expect(audit(undefined, { MINOS_NO_AUDIT: '0' }).status).toBe(2);
  expect(audit(refused, { MINOS_NO_AUDIT: '1' })).toMatchObject({
    status: 0,
    said: expect.stringContaining('NOTHING WAS AUDITED') as string,
  });
});
