import type { CameOf, LookUp, LookUpTools } from '../kit/definition.ts';
import { SETTLES_MS } from '../kit/read-within.ts';

const lengthOf = (value: string | undefined): string => (value === undefined ? '-' : String(Buffer.byteLength(value)));

/** What is kept of a value that is written, and of the one before: their lengths in bytes. A hash of a short secret would tell it. */
export const lengthTrace = (before: string | undefined, wanted: string): string =>
  `${lengthOf(before)} to ${lengthOf(wanted)}`;

/**
 * Looks up whether a key of META was written, by the lengths alone: the value is not kept, since it may be a secret. `read` gives the value
 * now, undefined where there is none.
 */
export const metaWriteLookUp =
  (read: (tools: LookUpTools) => Promise<string | undefined>): LookUp =>
  async (tools) => {
    const { another, before, sinceMs } = tools;
    if (another !== undefined) return { kind: 'unknown', text: another };
    const [was, wanted] = (before.trace ?? '').split(' to ');
    const now = lengthOf(await read(tools));
    const reads = now === '-' ? 'Nothing stands under the key.' : `A value of ${now} bytes stands under the key.`;
    if (was === undefined || wanted === undefined) return { kind: 'unknown', text: reads };
    return cameOf({ was, wanted, now }, reads, sinceMs);
  };

interface Lengths {
  readonly was: string;
  readonly wanted: string;
  readonly now: string;
}

function cameOf({ was, wanted, now }: Lengths, reads: string, sinceMs: number): CameOf {
  if (now === wanted && was !== wanted)
    return { kind: 'done', text: `${reads} That is as long as what was written, and what stood there before was not.` };
  if (now === wanted)
    return { kind: 'unknown', text: `${reads} What was written is as long as what stood there before.` };
  if (now !== was)
    return { kind: 'unknown', text: `${reads} Neither what was written nor what stood there before is so long.` };
  if (sinceMs < SETTLES_MS) return { kind: 'goes-on', text: `${reads} It may still be under way.` };
  return { kind: 'not-done', text: `${reads} That is how it was before.` };
}
