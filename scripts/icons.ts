/** Writes main/app/icons from the mark drawn in scripts/icons/mark.ts: `node scripts/icons.ts`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { iconFiles } from './icons/icon-files.ts';

const folder = join(import.meta.dirname, '..', 'main/app/icons');
mkdirSync(folder, { recursive: true });
for (const [name, bytes] of iconFiles()) writeFileSync(join(folder, name), bytes);
