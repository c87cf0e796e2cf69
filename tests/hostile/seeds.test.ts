import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { mutate, randomOf } from '../../scripts/fuzz/mutate.ts';
import { PARSERS } from '../../scripts/fuzz/parsers.ts';
import { tryOne } from '../../scripts/fuzz/try-one.ts';
import { threadTimeMs } from '../fakes/thread-time.ts';

const SEEDS = fileURLToPath(new URL('seeds', import.meta.url));
const ROUNDS = 20;

test.each(Object.entries(PARSERS))(
  '%s holds what npm run fuzz once found, and some of what it makes',
  async (name, { samples }) => {
    const folder = join(SEEDS, name);
    const kept = existsSync(folder) ? readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8')) : [];
    const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
    const random = randomOf(seed);
    const made = Array.from({ length: ROUNDS }, () => mutate(random, samples));

    for (const input of [...samples, ...kept, ...made]) {
      const { why } = await tryOne(name, input, threadTimeMs);
      expect(why, `seed ${seed}: ${JSON.stringify(input.slice(0, 200))}`).toBeUndefined();
    }
  },
);
