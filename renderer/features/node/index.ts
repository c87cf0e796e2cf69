import { copyText } from '../../lib/copy-text.ts';
import { nodeName } from '../../lib/words.ts';
import { nameOfTarget } from '../../state/health/known-node.ts';
import type { Feature } from '../feature.ts';
import NodeInspector from './NodeInspector.svelte';
import NodeScreen from './NodeScreen.svelte';

/** All about one machine in one place. What it shows beside the summary comes from other features. */
export const node: Feature = {
  id: 'node',
  order: 21,
  screen: {
    title: 'Node',
    icon: 'nodes',
    component: NodeScreen,
    needsContext: true,
    isListed: false,
    subject: ({ screen, current }) =>
      screen.part !== undefined && current.context?.isUsable === true ? { kind: 'node', id: screen.part } : undefined,
  },
  inspectors: [{ kind: 'node', word: 'Node', title: nameOfTarget, component: NodeInspector }],
  offers: [
    {
      id: 'node.open',
      kind: 'node',
      isFirst: true,
      title: 'Open its page',
      applies: ({ screen }, id) => !(screen.id === 'node' && screen.part === id),
      run: ({ screen }, id) => screen.show('node', id),
    },
    {
      id: 'node.inspect',
      kind: 'node',
      title: 'Show details',
      applies: ({ screen, view }, id) =>
        screen.id !== 'node' && !(view.inspected?.kind === 'node' && view.inspected.id === id),
      run: ({ view }, id) => view.inspect('node', id),
    },
    { id: 'node.copy', kind: 'node', title: 'Copy its address', run: (_session, id) => void copyText(id) },
  ],
  picks: (session) =>
    (session.current.nodes?.current?.nodes ?? []).map((each) => ({
      id: `node:${each.target}`,
      label: nodeName(each),
      detail: 'node',
      group: 'Nodes',
      words: ['node', each.target, ...each.addresses].join(' '),
      pick: () => session.screen.show('node', each.target),
    })),
};
