/** Prints how much of what is exported has a doc comment, and names that main exports twice. */
import { globSync } from 'node:fs';
import { readSources } from './boundaries.ts';
import { docCoverage, missingDocs } from './exports/doc-coverage.ts';
import { exportedTwice } from './exports/exported-twice.ts';
import { exportedBy } from './exports/exported.ts';

/** Until the exports are in order, what is wrong is printed and fails nothing. */
const isReportOnly = true;

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
if (wrong.length > 0 && !isReportOnly) process.exitCode = 1;
