import { globSync } from 'node:fs';
import { checkBoundaries, crowdedFolders, readSources } from './boundaries.ts';
import { deadExports } from './dead-exports.ts';

const root = new URL('..', import.meta.url).pathname;
const files = globSync(['main/**/*.ts', 'preload/**/*.ts', 'renderer/**/*.ts', 'renderer/**/*.svelte'], { cwd: root });
const others = globSync(['scripts/**/*.ts', 'tests/**/*.ts', 'tests/**/*.svelte', '*.config.ts'], { cwd: root });
const own = new Set(files.filter((file) => !file.startsWith('main/talos/generated/')));
const wrong = [
  ...checkBoundaries(readSources(root, files)).map(({ file, why }) => `${file}: ${why}`),
  ...crowdedFolders([...files, ...others]),
  ...deadExports(readSources(root, [...files, ...others]), (file) => own.has(file)),
];
for (const why of wrong) console.error(why);
if (wrong.length > 0) process.exitCode = 1;
else console.log(`boundaries: ${files.length} files, none crosses`);
