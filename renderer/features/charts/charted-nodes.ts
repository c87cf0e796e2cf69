import { MOST_SAMPLED_NODES, type NodeSummary } from '../../../preload/contract/index.ts';
import type { PickItem } from '../../components/overlays/pick.ts';
import { plural } from '../../lib/format.ts';
import { nodeName } from '../../lib/words.ts';
import type { Session } from '../../state/context.ts';
import { listedNodes } from '../../state/start-run.ts';
import { chartsOf, type ChartedNodes } from './charts-view.svelte.ts';

/** The nodes whose load is shown, as many as are measured at once, and how many are left out. */
export function chartedNodes(session: Session): { readonly nodes: readonly NodeSummary[]; readonly leftOut: number } {
  const all = listedNodes(session);
  const chosen = chartsOf(session).nodesIn(session.current.id);
  const selected = all.filter(({ target }) => session.nodeSelection.has(target));
  const wanted = ((): readonly NodeSummary[] => {
    if (typeof chosen === 'object') return all.filter(({ target }) => target === chosen.node);
    return chosen === 'selected' && selected.length > 0 ? selected : all;
  })();
  const nodes = (wanted.length > 0 ? wanted : all).slice(0, MOST_SAMPLED_NODES);
  return { nodes, leftOut: Math.max(0, wanted.length - nodes.length) };
}

/** What can be chosen: several nodes at once, or each alone. */
export function chartedItems(session: Session): readonly PickItem[] {
  const all = listedNodes(session);
  const selected = all.filter(({ target }) => session.nodeSelection.has(target)).length;
  const context = session.current.id;
  const view = chartsOf(session);
  const chosen = view.nodesIn(context);
  const choose = (nodes: ChartedNodes): void => view.choose(context, nodes);
  return [
    { id: 'all', label: `All ${plural(all.length, 'node')}`, isCurrent: chosen === 'all', pick: () => choose('all') },
    ...(selected === 0
      ? []
      : [
          {
            id: 'selected',
            label: plural(selected, 'selected node'),
            isCurrent: chosen === 'selected',
            pick: () => choose('selected'),
          },
        ]),
    ...all.map((node) => ({
      id: `node:${node.target}`,
      label: nodeName(node),
      detail: node.target,
      isCurrent: typeof chosen === 'object' && chosen.node === node.target,
      pick: () => choose({ node: node.target }),
    })),
  ];
}
