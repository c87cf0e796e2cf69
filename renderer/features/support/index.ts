import { tellWhyNot } from '../../state/tell.ts';
import type { Feature } from '../feature.ts';
import SupportScreen from './SupportScreen.svelte';
import UpdateNotice from './UpdateNotice.svelte';

/** What this Minos is, and what helps to find out why it does not do what it should. */
export const support: Feature = {
  id: 'support',
  order: 97,
  screen: { title: 'About Minos', icon: 'help', component: SupportScreen, needsContext: false, isListed: false },
  hosts: [{ place: 'frame', component: UpdateNotice }],
  actions: [
    {
      id: 'support.open',
      title: 'About Minos and diagnostics',
      isForFirstPage: true,
      words: 'version about support bug report trouble tls log help',
      run: ({ screen }) => screen.show('support'),
    },
    {
      id: 'support.log',
      title: 'Open logs folder',
      words: 'log file folder of the log trace',
      run: (session) => void tellWhyNot(session, session.client.call('app.showLog', {})),
    },
    {
      id: 'updates.look',
      title: 'Look for updates of Minos',
      isForFirstPage: true,
      words: 'update upgrade newer new version release',
      run: (session) => {
        session.screen.show('support');
        void tellWhyNot(session, session.client.call('updates.look', {}));
      },
    },
  ],
};
