import type { Action } from '../../state/action.ts';
import type { Session } from '../../state/context.ts';
import { hasRoomOnTheRight, SIDE_WORDS } from '../../state/docks/dock.ts';

/** The key that folds the drawer, unfolds it, and shows it again. */
export const FOLD_KEY = 'mod+j';
/** The key that docks the drawer on its other side. */
export const TURN_KEY = 'mod+Shift+d';

/** Whether a run is shown beside the screen, folded or not. */
export function isDrawerThere({ runs, screen, view }: Pick<Session, 'runs' | 'screen' | 'view'>): boolean {
  return runs.shown !== undefined && screen.id !== 'runs' && !view.isDrawerClosed(runs.shown);
}

const isOpen = (session: Session): boolean => isDrawerThere(session) && session.view.isDrawerOpen;

/** What can be done with the drawer of runs. */
export const DRAWER_ACTIONS: readonly Action[] = [
  {
    id: 'runs.fold',
    title: (session) =>
      isOpen(session) ? 'Fold the run' : isDrawerThere(session) ? 'Unfold the run' : 'Show the last run again',
    does: 'Fold the run and unfold it',
    words: 'drawer panel answers',
    chord: FOLD_KEY,
    isForTyping: true,
    applies: ({ runs, screen }) => runs.shown !== undefined && screen.id !== 'runs',
    run: (session) => {
      session.view.isDrawerOpen = !isOpen(session);
      session.view.bringDrawer();
    },
  },
  {
    id: 'runs.turn',
    title: ({ view }) => `Dock the run ${SIDE_WORDS[view.drawer.otherSide]}`,
    does: 'Dock the run on the right or below',
    words: 'drawer panel move side layout',
    chord: TURN_KEY,
    isForTyping: true,
    applies: (session) => isOpen(session) && hasRoomOnTheRight(),
    run: ({ view }) => view.drawer.turn(),
  },
  {
    id: 'runs.close',
    title: 'Close the run; it goes on',
    words: 'drawer panel hide',
    applies: isDrawerThere,
    run: ({ runs, view }) => runs.shown && view.closeDrawer(runs.shown),
  },
];
