import type { CellValue, CommandPicture, RunColumn } from '../../../preload/contract/index.ts';

/** Places of the two columns a bar is made of. */
export interface Bars {
  readonly used: number;
  readonly total: number;
  /** Of the share itself, where the command has it. */
  readonly share?: number;
}

/** Where a command's bars come from; undefined when it has none or its columns are missing. */
export function barsOf(columns: readonly RunColumn[], picture: CommandPicture | undefined): Bars | undefined {
  if (picture?.kind !== 'bars') return undefined;
  const used = columns.findIndex(({ id }) => id === picture.used);
  const total = columns.findIndex(({ id }) => id === picture.total);
  const share = columns.findIndex(({ id }) => id === picture.share);
  return used < 0 || total < 0 ? undefined : { used, total, ...(share >= 0 && { share }) };
}

/** The used share of 1; undefined when a figure is missing or makes no sense. */
export function shareOf(cells: readonly CellValue[], { used, total, share }: Bars): number | undefined {
  if (share !== undefined) {
    const exact = cells[share];
    return typeof exact === 'number' && exact >= 0 && exact <= 1 ? exact : undefined;
  }
  const part = cells[used];
  const whole = cells[total];
  if (typeof part !== 'number' || typeof whole !== 'number' || whole <= 0 || part < 0 || part > whole) return undefined;
  return part / whole;
}
