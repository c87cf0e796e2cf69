import { Failed } from '../../main/lib/failed.ts';
import { isLargeText } from '../../main/yaml/bounds/yaml-cost.ts';
import { PARSERS } from './parsers.ts';

/** Longest piece of work of a thread that the window waits for, ms. */
const MAX_MS = 250;
/** Texts that go to a thread have its deadline instead. */
const MAX_LARGE_MS = 15_000;

export interface Tried {
  /** What was wrong; undefined: nothing. */
  readonly why?: string;
  readonly tookMs: number;
}

/** Gives one input to a parser. `threadMs` says how much of its thread's time has passed. */
export async function tryOne(parser: string, input: string, threadMs: () => number): Promise<Tried> {
  const start = threadMs();
  let threw: string | undefined;
  try {
    await PARSERS[parser]?.parse(input);
  } catch (error) {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const isRefusal = error instanceof Failed || PARSERS[parser]?.refuses?.test(message) === true;
    if (!isRefusal) threw = message;
  }
  const tookMs = threadMs() - start;
  const maxMs = isLargeText(input) ? MAX_LARGE_MS : MAX_MS;
  const why = threw ?? (tookMs > maxMs ? `took ${Math.round(tookMs)} ms` : undefined);
  return { tookMs, ...(why !== undefined && { why }) };
}
