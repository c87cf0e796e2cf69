import type { Machine } from '../../plans/machine.ts';

/** Why something of disks is done on one machine at a time: the same name means another disk on the next. */
export function onlyOne(machines: readonly Machine[]): { readonly refused?: string } {
  if (machines.length === 1) return {};
  return { refused: 'Disks are called differently on each machine: plan it for one machine at a time.' };
}
