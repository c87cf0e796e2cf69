/** Refuses names that main exports twice, and too many exports without a doc comment; prints the share of each area. */
import { globSync } from 'node:fs';
import { readSources } from './boundaries.ts';
import { docCoverage, missingDocs } from './exports/doc-coverage.ts';
import { exportedTwice } from './exports/exported-twice.ts';
import { exportedBy } from './exports/exported.ts';

const root = new URL('..', import.meta.url).pathname;
const files = globSync(['main/**/*.ts', 'preload/**/*.ts', 'renderer/state/**/*.ts'], { cwd: root });
const own = files.filter((file) => !file.startsWith('main/talos/generated/'));
const all = exportedBy(readSources(root, own));
const coverage = docCoverage(all);
const wrong = [...missingDocs(coverage), ...exportedTwice(all.filter(({ file }) => file.startsWith('main/')))];
for (const why of wrong) console.error(why);
for (const { name, share, exported } of coverage) {
  console.log(`${name}: ${(share * 100).toFixed(1)} % of ${exported} exports have a doc comment`);
}
if (wrong.length > 0) process.exitCode = 1;
