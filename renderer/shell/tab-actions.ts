import { MENU_ACTIONS } from '../../preload/contract/index.ts';
import { matchesChord } from '../lib/keyboard.ts';
import type { Action } from '../state/action.ts';
import type { Session } from '../state/context.ts';
import { openWindow } from '../state/places/open-window.ts';
import { tabsOf } from '../state/places/tabs.svelte.ts';

/** Where a new tab begins. */
export const FIRST_ADDRESS = '#/overview';

const CLOSE = 'mod+w';
const PLACES = ['mod+1', 'mod+2', 'mod+3', 'mod+4', 'mod+5', 'mod+6', 'mod+7', 'mod+8', 'mod+9'];

const hasSeveral = (session: Session): boolean => tabsOf(session).list.length > 1;

/**
 * Whether the window must not have the key that closes it: it is still held from the tab that it closed, or a tab is meant and something
 * is open over it.
 */
export const isForTab = (event: KeyboardEvent, session: Session): boolean =>
  matchesChord(event, CLOSE) && (event.repeat || hasSeveral(session));

/** What can be done with tabs and windows. With one alone, its key for closing is left to the window. */
export const TAB_ACTIONS: readonly Action[] = [
  {
    id: 'windows.open',
    title: 'New window',
    words: 'another second screen monitor',
    chord: MENU_ACTIONS['windows.open'].chord,
    isForTyping: true,
    isForFirstPage: true,
    run: (session) => void openWindow(session),
  },
  {
    id: 'tabs.open',
    title: 'New tab',
    words: 'tab window cluster another',
    chord: 'mod+t',
    isForTyping: true,
    run: (session) => void tabsOf(session).open(FIRST_ADDRESS),
  },
  {
    id: 'tabs.close',
    title: 'Close the tab',
    chord: CLOSE,
    isForTyping: true,
    applies: hasSeveral,
    run: (session) => void tabsOf(session).close(),
  },
  {
    id: 'tabs.to-window',
    title: 'Move the tab to a new window',
    words: 'detach separate',
    applies: hasSeveral,
    run: (session) => void tabsOf(session).moveToWindow(),
  },
  {
    id: 'tabs.left',
    title: 'Move the tab to the left',
    chord: 'mod+Shift+PageUp',
    isForTyping: true,
    applies: hasSeveral,
    run: (session) => tabsOf(session).moveActive(-1),
  },
  {
    id: 'tabs.right',
    title: 'Move the tab to the right',
    chord: 'mod+Shift+PageDown',
    isForTyping: true,
    applies: hasSeveral,
    run: (session) => tabsOf(session).moveActive(1),
  },
  ...PLACES.map((chord, index): Action => ({
    id: `tabs.go-${index + 1}`,
    title: index === 8 ? 'Go to the last tab' : `Go to tab ${index + 1}`,
    ...(index === 0 ? { does: 'Go to the first tab; the other figures to the others' } : { isOneOfMany: true }),
    chord,
    isForTyping: true,
    applies: hasSeveral,
    isListed: () => false,
    run: (session) => void tabsOf(session).activateAt(index + 1),
  })),
];
