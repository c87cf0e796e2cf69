import { MENU_ACTIONS } from '../../../preload/contract/index.ts';
import type { Feature } from '../feature.ts';
import ImportHost from './ImportHost.svelte';

/** Taking contexts of other files, of the clipboard or of what is dropped into a talosconfig. */
export const imports: Feature = {
  id: 'import',
  order: 80,
  hosts: [{ place: 'window', component: ImportHost }],
  actions: [
    {
      id: 'import.choose',
      title: 'Import a talosconfig',
      detail: 'from files',
      chord: MENU_ACTIONS['import.choose'].chord,
      isForFirstPage: true,
      run: (session) => void session.imports.choose(),
    },
    {
      id: 'import.paste',
      title: 'Import the talosconfig in the clipboard',
      chord: 'mod+v',
      isForFirstPage: true,
      run: (session) => void session.imports.paste(),
    },
  ],
};
