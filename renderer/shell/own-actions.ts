import { MENU_ACTIONS } from '../../preload/contract/index.ts';
import { FILTER_KEY } from '../components/fields/filter-key.ts';
import { CLOSE_KEY } from '../lib/keyboard.ts';
import type { Action } from '../state/action.ts';
import type { Session } from '../state/context.ts';
import { DETAILS_ACTIONS } from './details-actions.ts';
import { TAB_ACTIONS } from './tab-actions.ts';

/** Actions of the frame itself that the list behind `?` begins with. */
export const FIRST_ACTIONS: readonly Action[] = [
  {
    id: 'app.search',
    title: 'Search or run',
    chord: MENU_ACTIONS['app.search'].chord,
    isForTyping: true,
    isListed: () => false,
    run: ({ view }) => (view.isPaletteOpen = true),
  },
  {
    id: 'app.switch-context',
    title: 'Switch the context',
    chord: 'mod+p',
    isForTyping: true,
    isListed: () => false,
    run: () => press('[data-context-switcher] button'),
  },
  {
    id: 'app.back',
    title: 'Go back to the screen before',
    chord: 'Alt+ArrowLeft',
    isForFirstPage: true,
    run: ({ screen }) => screen.back(),
  },
  {
    id: 'app.forward',
    title: 'Go forward again',
    chord: 'Alt+ArrowRight',
    isForFirstPage: true,
    run: ({ screen }) => screen.forward(),
  },
  ...TAB_ACTIONS,
];

/** Actions of the frame itself that it ends with. */
export const LAST_ACTIONS: readonly Action[] = [
  ...DETAILS_ACTIONS,
  {
    id: 'app.filter',
    title: 'Filter',
    chord: FILTER_KEY,
    isListed: () => false,
    run: () => document.querySelector<HTMLElement>('main [data-filter]')?.focus(),
  },
  {
    id: 'app.shortcuts',
    title: 'Keyboard shortcuts',
    does: 'This list',
    chord: '?',
    isForFirstPage: true,
    run: ({ view }) => (view.isShortcutsOpen = true),
  },
  {
    id: 'app.close',
    title: 'Close what is open',
    chord: CLOSE_KEY,
    // What hangs on a button closes by itself first.
    applies: () => document.querySelector('[popovertarget][aria-expanded=true], [data-context-menu]') === null,
    isListed: () => false,
    run: closeInnermost,
  },
];

/** Presses a button that opens something, as a person would. */
function press(selector: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(selector)?.click());
}

function closeInnermost({ view }: Session): void {
  document.querySelector<HTMLElement>(view.inspected ? '[data-close-inspector]' : '[data-close-drawer]')?.click();
}
