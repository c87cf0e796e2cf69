import { showUnseen } from '../../lib/unseen-signs.ts';
import type { Feature } from '../feature.ts';
import { explorePicks } from './explore-picks.ts';
import { exploredOf } from './explored.svelte.ts';
import ExploreScreen from './ExploreScreen.svelte';
import NodeResources from './NodeResources.svelte';
import { resourceRef } from './resource-ref.ts';
import ResourceInspector from './ResourceInspector.svelte';
import TypesHost from './TypesHost.svelte';

const MOST_OF_TITLE = 200;

/** The resources of nodes, live. */
export const explore: Feature = {
  id: 'explore',
  order: 30,
  screen: { title: 'Explore', icon: 'explore', component: ExploreScreen, needsContext: true },
  inspectors: [
    {
      kind: 'resource',
      word: 'Resource',
      title: (_session, id) => showUnseen(resourceRef(id).id).slice(0, MOST_OF_TITLE),
      component: ResourceInspector,
    },
  ],
  actions: [
    {
      id: 'explore.open',
      title: 'Explore resources',
      chord: 'mod+e',
      isForTyping: true,
      isListed: () => false,
      run: ({ screen }) => screen.show('explore'),
    },
  ],
  hosts: [{ place: 'frame', component: TypesHost }],
  picks: explorePicks,
  nodeParts: [{ id: 'resources', place: 'tab', title: 'Resources', order: 70, component: NodeResources }],
  offers: [
    {
      id: 'node.explore',
      kind: 'node',
      title: 'Explore its resources',
      run: (session, id) => {
        exploredOf(session).chooseNodes(session.current.id, { node: id });
        session.screen.show('explore');
      },
    },
  ],
};
