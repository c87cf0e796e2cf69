import type { CameOf, LookUp } from './definition.ts';
import { SETTLES_MS } from './read-within.ts';

/**
 * Looks up what came of a deed whose own reading of a machine shows it (`Evidence`): the machine is as the deed leaves it, or something
 * is another than before. As long as its call may be under way, that nothing is another yet says nothing.
 */
export const lookUpByReading: LookUp = async ({ node, before, another, sinceMs, plan }) => {
  if (another !== undefined) return { kind: 'unknown', text: another };
  const { seen, preview } = await plan();
  const now = seen?.get(node);
  if (now === undefined) {
    const why = preview.machines.find((machine) => machine.node === node)?.refused ?? preview.refused;
    return { kind: 'goes-on', text: why ?? 'It was not read.' };
  }
  const reads = `It reads: ${now.words}.`;
  const notDone = (words: string): CameOf =>
    sinceMs < (before.settlesMs ?? SETTLES_MS)
      ? { kind: 'goes-on', text: `${words} It may still be under way.` }
      : { kind: 'not-done', text: words };
  if (now.isDone !== undefined) return now.isDone ? { kind: 'done', text: reads } : notDone(reads);
  if (now.trace === undefined || before.trace === undefined)
    return { kind: 'unknown', text: `${reads} That does not say whether it was done.` };
  return now.trace === before.trace
    ? notDone(`${reads} It is as it was before.`)
    : { kind: 'done', text: `${reads} It is another one than before.` };
};
