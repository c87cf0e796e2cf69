/**
 * Asks the registry for known vulnerabilities of what is shipped. Fails for a vulnerability; where the registry has no
 * audit (closed networks), it says so and fails nothing: `node scripts/licences.ts --check` needs no network.
 */
import { spawnSync } from 'node:child_process';
import { say } from './say.ts';

interface Report {
  readonly metadata?: { readonly vulnerabilities: { readonly total: number } };
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string; readonly range: string }>>;
}

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { encoding: 'utf8', timeout: 60_000 });
const report = (stdout.trim().startsWith('{') ? JSON.parse(stdout) : {}) as Report;
if (report.metadata === undefined) say('audit: the registry does not answer; nothing was audited.');
else {
  for (const [name, { severity, range }] of Object.entries(report.vulnerabilities ?? {})) {
    say(`audit: ${name} ${range}: ${severity}`);
  }
  if (report.metadata.vulnerabilities.total > 0) process.exitCode = 1;
  else say('audit: no known vulnerability in what is shipped.');
}
