import { globSync, readdirSync } from 'node:fs';
import {
  brokenImports,
  checkBoundaries,
  crowdedFolders,
  permitGivers,
  readSources,
  sessionTakers,
  withoutFeature,
} from './boundaries.ts';
import { deadExports } from './exports/dead-exports.ts';
import { secretUses } from './exports/secret-uses.ts';

const root = new URL('..', import.meta.url).pathname;
const files = globSync(['main/**/*.ts', 'preload/**/*.ts', 'renderer/**/*.ts', 'renderer/**/*.svelte'], { cwd: root });
const others = globSync(['scripts/**/*.ts', 'tests/**/*.ts', 'tests/**/*.svelte', '*.config.ts'], { cwd: root });
const own = new Set(files.filter((file) => !file.startsWith('main/talos/generated/')));
const sources = readSources(root, files);
const features = readdirSync(`${root}renderer/features`, { withFileTypes: true }).filter((each) => each.isDirectory());
const wrong = [
  ...checkBoundaries(sources).map(({ file, why }) => `${file}: ${why}`),
  ...features.flatMap(({ name }) =>
    brokenImports(withoutFeature(sources, name)).map((broken) => `without the feature ${name}: ${broken} is gone`),
  ),
  ...permitGivers(sources),
  ...sessionTakers(sources),
  ...secretUses(sources),
  ...crowdedFolders([...files, ...others]),
  ...deadExports(readSources(root, [...files, ...others]), {
    isOwn: (file) => own.has(file),
    isTest: (file) => file.startsWith('tests/'),
  }),
];
for (const why of wrong) console.error(why);
if (wrong.length > 0) process.exitCode = 1;
else console.log(`boundaries: ${files.length} files, none crosses`);
