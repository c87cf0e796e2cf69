import { MENU_ACTIONS } from '../../../preload/contract/index.ts';
import type { Feature } from '../feature.ts';
import { settingPicks } from './setting-picks.svelte.ts';
import SettingsScreen from './SettingsScreen.svelte';

/** What the user chose about Minos itself. */
export const settings: Feature = {
  id: 'settings',
  order: 96,
  screen: { title: 'Settings', icon: 'settings', component: SettingsScreen, needsContext: false, isListed: false },
  actions: [
    {
      id: 'settings.open',
      title: 'Settings',
      words:
        'preferences options theme density rows time zone utc notices deadline parallel history export import tray',
      chord: MENU_ACTIONS['settings.open'].chord,
      isForTyping: true,
      isForFirstPage: true,
      run: ({ screen }) => screen.show('settings'),
    },
  ],
  picks: settingPicks,
};
