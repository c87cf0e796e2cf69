import { nameOfTarget } from '../../state/health/known-node.ts';
import type { Feature } from '../feature.ts';
import { timelineOf } from './timeline-view.svelte.ts';
import TimelineScreen from './TimelineScreen.svelte';

/** What happened to a cluster in this session. */
export const timeline: Feature = {
  id: 'timeline',
  order: 24,
  screen: { title: 'Time line', icon: 'timeline', component: TimelineScreen, needsContext: true },
  actions: [
    {
      id: 'timeline.recent',
      title: 'What changed in the last 10 minutes',
      words: 'incident history time line',
      chord: 'mod+i',
      isForTyping: true,
      applies: ({ current }) => current.id !== undefined,
      run: (session) => {
        timelineOf(session).showRecent();
        session.screen.show('timeline');
      },
    },
  ],
  offers: [
    {
      id: 'node.timeline',
      kind: 'node',
      title: 'What happened to it',
      run: (session, id) => {
        const view = timelineOf(session);
        view.showRecent();
        view.windowMs = undefined;
        view.text = nameOfTarget(session, id);
        session.screen.show('timeline');
      },
    },
  ],
};
