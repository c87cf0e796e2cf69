import { globSync } from 'node:fs';
import { checkBoundaries, crowdedFolders, readSources } from './boundaries.ts';

const root = new URL('..', import.meta.url).pathname;
const files = globSync(['main/**/*.ts', 'preload/**/*.ts', 'renderer/**/*.ts', 'renderer/**/*.svelte'], { cwd: root });
const breaches = checkBoundaries(readSources(root, files));
for (const { file, why } of breaches) console.error(`${file}: ${why}`);
const others = globSync(['scripts/**/*.ts', 'tests/**/*.ts'], { cwd: root });
const crowded = crowdedFolders([...files, ...others]);
for (const why of crowded) console.error(why);
if (breaches.length + crowded.length > 0) process.exitCode = 1;
else console.log(`boundaries: ${files.length} files, none crosses`);
