import { globSync } from 'node:fs';
import { checkBoundaries, readSources } from './boundaries.ts';

const root = new URL('..', import.meta.url).pathname;
const files = globSync(['main/**/*.ts', 'preload/**/*.ts', 'renderer/**/*.ts', 'renderer/**/*.svelte'], { cwd: root });
const breaches = checkBoundaries(readSources(root, files));
for (const { file, why } of breaches) console.error(`${file}: ${why}`);
if (breaches.length > 0) process.exitCode = 1;
else console.log(`boundaries: ${files.length} files, none crosses`);
