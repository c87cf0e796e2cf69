/**
 * Writes docs/third-party.md, the list of what is shipped and under which licence. With `--check` it only compares, and
 * fails for a licence that is not allowed, a stale list, or a lockfile that trusts too much. Needs no network.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lockfileProblems, readLockfile } from './licences/lockfile.ts';
import { shippedPackages } from './licences/shipped-packages.ts';
import { licenceProblems, thirdPartyDocument } from './licences/third-party.ts';

const root = join(import.meta.dirname, '..');
const target = join(root, 'docs/third-party.md');
const lock = readLockfile(root);
const shipped = shippedPackages(root, lock);
const document = thirdPartyDocument(root, lock, shipped);
const problems = [...licenceProblems(lock, shipped), ...lockfileProblems(lock, shipped)];

if (!process.argv.includes('--check')) writeFileSync(target, document);
else if (!existsSync(target) || readFileSync(target, 'utf8') !== document) {
  problems.push('docs/third-party.md is stale: node scripts/licences.ts');
}
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
else console.log(`licences: ${shipped.length} shipped packages, all allowed`);
