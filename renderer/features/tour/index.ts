import type { Feature } from '../feature.ts';
import TourHost from './TourHost.svelte';
import { tourOf } from './tour.svelte.ts';

/** Three steps for somebody who sees Minos for the first time. */
export const tour: Feature = {
  id: 'tour',
  order: 99,
  hosts: [{ place: 'window', component: TourHost }],
  actions: [
    {
      id: 'tour.open',
      title: 'Tour in three steps',
      isForFirstPage: true,
      words: 'help first start introduction new welcome guide',
      isInvited: (session) => !tourOf(session).isSeen,
      run: (session) => {
        tourOf(session).isOpen = true;
      },
    },
  ],
};
