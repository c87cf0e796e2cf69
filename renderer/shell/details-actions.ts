import type { Action } from '../state/action.ts';
import { hasRoomOnTheRight, SIDE_WORDS } from '../state/docks/dock.ts';

/** What can be done with the details beside the screen. */
export const DETAILS_ACTIONS: readonly Action[] = [
  {
    id: 'details.turn',
    title: ({ view }) => `Dock the details ${SIDE_WORDS[view.inspector.otherSide]}`,
    does: 'Dock the details on the right or below',
    words: 'inspector panel move side layout',
    chord: 'mod+d',
    isForTyping: true,
    applies: ({ view }) => view.inspected !== undefined && hasRoomOnTheRight(),
    run: ({ view }) => view.inspector.turn(),
  },
  {
    id: 'details.close',
    title: 'Close the details',
    words: 'inspector panel hide',
    applies: ({ view }) => view.inspected !== undefined,
    run: ({ view }) => view.closeInspector(),
  },
];
