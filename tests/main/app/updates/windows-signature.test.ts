import { expect, it } from 'vitest';
import { expectSignedBy, type RunPowerShell } from '../../../../main/app/updates/windows-signature.ts';

const PATH = String.raw`C:\Users\o'ada "x" $(calc)\minos.exe`;
const saying =
  (said: object | string): RunPowerShell =>
  () =>
    Promise.resolve(typeof said === 'string' ? said : JSON.stringify(said));
const GOOD = { status: 0, path: PATH, subject: 'CN=Example, C=DE' };

it('a package is accepted when Windows finds it validly signed by a name of the publisher', async () => {
  await expect(expectSignedBy(['Other', 'CN=Example, C=DE'], PATH, saying(GOOD))).resolves.toBeUndefined();
});

it('nothing of a path is read as code: it is no part of the command', async () => {
  const seen: string[] = [];
  const run: RunPowerShell = (command, path) => {
    seen.push(command);
    return saying({ ...GOOD, path })(command, path);
  };

  await expectSignedBy(['Example'], PATH, run);

  expect(seen[0]).toContain('Get-AuthenticodeSignature -LiteralPath $env:MINOS_PACKAGE');
  expect(seen[0]).not.toContain('ada');
});

it.each<[string, RunPowerShell, string]>([
  ['it has no signature', saying({ ...GOOD, status: 2, subject: null }), 'missing or not valid'],
  ['it was changed after it was signed', saying({ ...GOOD, status: 3 }), 'missing or not valid'],
  ['its authority is not trusted', saying({ ...GOOD, status: 4 }), 'missing or not valid'],
  ['somebody else signed it', saying({ ...GOOD, subject: 'CN=Evil, O=Example' }), 'somebody else signed it'],
  ['the certificate has no name', saying({ ...GOOD, subject: null }), 'somebody else signed it'],
  ['Windows looked at another file', saying({ ...GOOD, path: String.raw`C:\minos.exe` }), 'could not say'],
  ['PowerShell is not there', () => Promise.reject(new Error('spawn ENOENT')), 'could not say'],
  ['PowerShell says nothing', saying(''), 'could not say'],
  ['PowerShell says something else', saying('ConvertTo-Json : The term is not recognized'), 'could not say'],
  ['PowerShell says half of it', saying({ subject: 'CN=Example' }), 'could not say'],
])('a package is refused when %s', async (_what, run, why) => {
  await expect(expectSignedBy(['Example'], PATH, run)).rejects.toThrow(why);
});
