import type { Spot } from '../../lib/menu-at.ts';

/** Where a row stands among all rows, from 0, and where its menu opens. */
export interface MenuPlace extends Spot {
  readonly index: number;
}

/** The row of a table that a right click means: the one below the pointer; for the menu key, the one where the keyboard is. */
export function menuPlace({ target, clientX, clientY }: MouseEvent, activeIndex: number): MenuPlace | undefined {
  if (!(target instanceof Element)) return undefined;
  const pointed = target.closest('tbody tr[aria-rowindex]');
  if (pointed) return { index: Number(pointed.getAttribute('aria-rowindex')) - 2, x: clientX, y: clientY };
  const active = target.matches('table') ? target.querySelector('tr.active') : null;
  if (!active) return undefined;
  const { left, bottom } = active.getBoundingClientRect();
  return { index: activeIndex, x: left + 24, y: bottom };
}
