import { expect, it } from 'vitest';
import { trySchedule } from './schedule.ts';

/** Random schedules that are tried; `npm run fuzz -- deeds` tries 10,000. */
const SCHEDULES = Number(process.env['MINOS_SCHEDULES'] ?? 300);
const FIRST_SEED = Number(process.env['MINOS_SEED'] ?? Math.floor(Math.random() * 1e9));

it(
  `holds whatever happens, in ${SCHEDULES} schedules from seed ${FIRST_SEED}`,
  async () => {
    const stages = new Set<string>();
    for (let seed = FIRST_SEED; seed < FIRST_SEED + SCHEDULES; seed++) {
      try {
        for (const stage of await trySchedule(seed)) stages.add(stage);
      } catch (error) {
        throw new Error(`Seed ${seed}: MINOS_SEED=${seed} MINOS_SCHEDULES=1 tries it again.`, { cause: error });
      }
    }
    // Otherwise they would have tried nothing.
    if (SCHEDULES >= 300) expect([...stages].sort()).toEqual(['done', 'failed', 'left', 'maybe']);
  },
  Math.max(120_000, SCHEDULES * 60),
);
