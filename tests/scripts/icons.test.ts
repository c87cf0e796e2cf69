import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { iconFiles } from '../../scripts/icons/icon-files.ts';

const FOLDER = join(import.meta.dirname, '../../main/app/icons');

it('draws exactly the icons that are committed', () => {
  const drawn = iconFiles();

  expect(readdirSync(FOLDER).sort()).toEqual([...drawn.keys()].sort());
  for (const [name, bytes] of drawn) expect(readFileSync(join(FOLDER, name)).equals(bytes), name).toBe(true);
});
