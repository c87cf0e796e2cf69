import { copyText } from '../../lib/copy-text.ts';
import { nodeName } from '../../lib/words.ts';
import type { Session } from '../../state/context.ts';
import { tellWhyNot } from '../../state/tell.ts';
import type { Feature } from '../feature.ts';
import NodeInspector from './NodeInspector.svelte';
import NodesScreen from './NodesScreen.svelte';
import { openRunMenu, runOnlyOn } from './run-menu.ts';

/** The machines of a cluster, and choosing those that a run asks. */
export const nodes: Feature = {
  id: 'nodes',
  order: 20,
  screen: { title: 'Nodes', icon: 'nodes', component: NodesScreen, needsContext: true },
  inspectors: [{ kind: 'node', word: 'Node', title: nodeTitle, component: NodeInspector }],
  actions: [
    {
      id: 'nodes.run',
      title: 'Run on the selected nodes',
      chord: 'mod+r',
      isForTyping: true,
      isListed: () => false,
      run: openRunMenu,
    },
    {
      id: 'nodes.refresh',
      title: 'Ask the cluster for its nodes again',
      applies: ({ current }) => current.id !== undefined,
      run: (session) => {
        const context = session.current.id;
        if (context !== undefined) void tellWhyNot(session, session.client.call('nodes.refresh', { context }));
      },
    },
  ],
  offers: [
    { id: 'node.inspect', kind: 'node', title: 'Show details', run: ({ view }, id) => view.inspect('node', id) },
    { id: 'node.run', kind: 'node', title: 'Run on this node only…', run: runOnlyOn },
    { id: 'node.copy', kind: 'node', title: 'Copy its address', run: (_session, id) => void copyText(id) },
  ],
};

function nodeTitle({ current }: Session, id: string): string {
  const node = current.nodes?.current?.nodes.find(({ target }) => target === id);
  return node ? nodeName(node) : id;
}
