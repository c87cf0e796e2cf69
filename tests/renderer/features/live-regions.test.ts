import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');

/** What stands in elements that are read aloud whenever they change, by file. */
const REGIONS = globSync('renderer/**/*.svelte', { cwd: ROOT }).flatMap((file) =>
  [...readFileSync(join(ROOT, file), 'utf8').matchAll(/<(p|span|div)[^>]*\srole="status"[^>]*>([^]*?)<\/\1>/g)].map(
    ([, , body = '']) => ({ file, body }),
  ),
);

it('nothing that changes by the second, or with each answer, is read aloud each time: a Status is', () => {
  const floods = REGIONS.filter(({ body }) => /formatAgo|secondMs|momentMs|\.done\b|bytesPerSecond/.test(body));

  expect(REGIONS.length).toBeGreaterThan(20);
  expect(floods).toEqual([]);
});
