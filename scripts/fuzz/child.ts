/** A process that fuzzes one parser. Arguments: parser, seed, milliseconds. Tells its parent of every round before it begins. */
import { mutate, randomOf } from './mutate.ts';
import { PARSERS } from './parsers.ts';
import { tryOne } from './try-one.ts';

export type FromChild =
  | { readonly type: 'find'; readonly input: string; readonly why: string }
  | { readonly type: 'round'; readonly round: number; readonly input?: string }
  | { readonly type: 'done'; readonly rounds: number; readonly slowestMs: number; readonly rssMb: number };

const [parser = '', seed = '1', forMs = '1000'] = process.argv.slice(2);
const random = randomOf(Number(seed));
const samples = PARSERS[parser]?.samples ?? [''];
const threadMs = (): number => process.threadCpuUsage().user / 1000;
const tell = (message: FromChild): Promise<void> =>
  new Promise((resolve) => process.send?.(message, () => resolve()) ?? resolve());

const end = Date.now() + Number(forMs);
let rounds = 0;
let slowestMs = 0;
for (; Date.now() < end; rounds++) {
  const input = mutate(random, samples);
  await tell({ type: 'round', round: rounds, input });
  const { why, tookMs } = await tryOne(parser, input, threadMs);
  // The first rounds meet the compiler.
  if (rounds > 50) slowestMs = Math.max(slowestMs, tookMs);
  if (why !== undefined) await tell({ type: 'find', input, why });
}
await tell({ type: 'done', rounds, slowestMs, rssMb: Math.round(process.memoryUsage().rss / 1024 / 1024) });
process.disconnect();
