import type { Session } from '../../state/context.ts';

/** Opens the menu of commands on the nodes screen, as a person would: it may belong to a screen that is about to appear. */
export function openRunMenu({ screen }: Session): void {
  if (screen.id !== 'nodes') screen.show('nodes');
  requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-run-menu] button[aria-haspopup]')?.click());
}

/** Selects one node alone, where everyone sees it, and opens the menu of commands. */
export function runOnlyOn(session: Session, target: string): void {
  session.nodeSelection.set([target]);
  openRunMenu(session);
}
