import type { LookUp } from './definition.ts';

/**
 * Looks up what came of a deed whose own reading of a machine shows it (`Evidence`): the machine is as the deed leaves it, or something
 * is another than before.
 */
export const lookUpByReading: LookUp = async ({ node, before, another, plan }) => {
  if (another !== undefined) return { kind: 'unknown', text: another };
  const { seen, preview } = await plan();
  const now = seen?.get(node);
  if (now === undefined) {
    const why = preview.machines.find((machine) => machine.node === node)?.refused ?? preview.refused;
    return { kind: 'goes-on', text: why ?? 'It was not read.' };
  }
  const reads = `It reads: ${now.words}.`;
  if (now.isDone !== undefined) return now.isDone ? { kind: 'done', text: reads } : { kind: 'not-done', text: reads };
  if (now.trace === undefined || before.trace === undefined)
    return { kind: 'unknown', text: `${reads} That does not say whether it was done.` };
  return now.trace === before.trace
    ? { kind: 'not-done', text: `${reads} It is as it was before.` }
    : { kind: 'done', text: `${reads} It is another one than before.` };
};
