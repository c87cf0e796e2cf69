/**
 * Asks the registry for known vulnerabilities of what is shipped. Ends with 0: none; 1: some; 2: nothing was audited,
 * because there was no answer or no report in it. `MINOS_NO_AUDIT=1` turns 2 into 0 where there is no registry with an
 * audit (closed networks); it never hides a vulnerability. `node scripts/licences.ts --check` needs no network.
 */
import { spawnSync } from 'node:child_process';
import { visible } from '../main/lib/visible.ts';
import { auditVerdict } from './audit/verdict.ts';
import { say } from './say.ts';

const { stdout, status, error } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
  encoding: 'utf8',
  timeout: 60_000,
  maxBuffer: 64 * 1024 * 1024,
});
const mayBeMissing = process.env['MINOS_NO_AUDIT'] === '1';
const { lines, exitCode } = auditVerdict({ stdout, status, error }, mayBeMissing);
for (const line of lines) say(visible(line));
process.exitCode = exitCode;
