import type { Clock } from '../../../lib/clock.ts';
import { pause } from '../../../lib/pause.ts';
import { seconds } from './seconds.ts';

const LOOK_FOR_MS = 30_000;
const LOOK_EVERY_MS = 1_000;

/** What a look at a machine finds: how it is, without a dot, and whether that is what was wanted. */
export interface Found {
  readonly words: string;
  readonly isWanted: boolean;
}

/** Looks once a second until it is as wanted, for half a minute; says how it is then, and after how long. Throws what looking throws. */
export async function lookUntil(clock: Clock, signal: AbortSignal, look: () => Promise<Found>): Promise<string> {
  const begunMs = clock.monotonic();
  for (;;) {
    const { words, isWanted } = await look();
    const tookMs = clock.monotonic() - begunMs;
    if (isWanted) return `${words}, ${seconds(tookMs)} after.`;
    if (tookMs >= LOOK_FOR_MS || signal.aborted) return `After ${seconds(tookMs)}: ${words}.`;
    await pause(clock, LOOK_EVERY_MS, signal);
  }
}
