import type { PickItem } from '../../components/overlays/pick.ts';
import { copyText } from '../../lib/copy-text.ts';
import { nodeName } from '../../lib/words.ts';
import type { Session } from '../../state/context.ts';
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
  picks: nodePicks,
};

/** Each machine as a line of the palette; of those that have one name, each says which it is. */
function nodePicks({ current, screen }: Session): readonly PickItem[] {
  const nodes = current.nodes?.current?.nodes ?? [];
  const named = Map.groupBy(nodes, nodeName);
  return nodes.map((each) => ({
    id: `node:${each.target}`,
    label: nodeName(each),
    detail: named.get(nodeName(each))?.length === 1 ? 'node' : `node ${each.target}`,
    group: 'Nodes',
    words: ['node', each.target, ...each.addresses].join(' '),
    pick: () => screen.show('node', each.target),
  }));
}
