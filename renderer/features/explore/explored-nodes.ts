import type { PickItem } from '../../components/overlays/pick.ts';
import { plural } from '../../lib/format.ts';
import { isMissing, seenWords } from '../../lib/node-seen.ts';
import { nodeName } from '../../lib/words.ts';
import type { Session } from '../../state/context.ts';
import { listedNodes } from '../../state/start-run.ts';
import { exploredOf, type ExploredNodes } from './explored.svelte.ts';

/** A watch follows at most so many nodes. */
export const MAX_WATCHED = 100;

/** Which nodes are watched, and what else could be. */
export interface NodesExplored {
  /** As many as a watch follows. */
  readonly targets: readonly string[];
  /** Nodes chosen for which there is no room. */
  readonly leftOut: number;
  /** `cp-1`, `14 nodes`. */
  readonly words: string;
  /** What can be chosen; worked out when it is asked for. */
  readonly items: () => readonly PickItem[];
}

/** The nodes to watch as the user has chosen them. */
export function nodesExplored(session: Session): NodesExplored {
  const wanted = wantedNodes(session);
  const targets = wanted.slice(0, MAX_WATCHED);
  return {
    targets,
    leftOut: wanted.length - targets.length,
    words: wordsOf(session, targets),
    items: () => nodeItems(session, targets),
  };
}

/** Those the user chose here, else those selected, else the first control plane. */
function wantedNodes(session: Session): readonly string[] {
  const all = listedNodes(session);
  const nodes = exploredOf(session).nodesIn(session.current.id);
  const selected = all.filter(({ target }) => session.nodeSelection.has(target));
  const chosen = ((): readonly { readonly target: string }[] => {
    if (nodes === 'all') return all;
    if (typeof nodes === 'object') return all.filter(({ target }) => target === nodes.node);
    return selected;
  })();
  const first = all.find(({ role }) => role === 'controlplane') ?? all[0];
  const wanted = chosen.length > 0 ? chosen : first ? [first] : [];
  return wanted.map(({ target }) => target);
}

function wordsOf(session: Session, targets: readonly string[]): string {
  if (targets.length !== 1) return plural(targets.length, 'node');
  const known = listedNodes(session).find(({ target }) => target === targets[0]);
  return known ? nodeName(known) : (targets[0] ?? '');
}

/** What can be chosen: several nodes at once, or each alone. */
function nodeItems(session: Session, explored: readonly string[]): readonly PickItem[] {
  const all = listedNodes(session);
  const selected = all.filter(({ target }) => session.nodeSelection.has(target)).length;
  const targets = new Set(explored);
  const context = session.current.id;
  const chosen = exploredOf(session).nodesIn(context);
  const choose = (nodes: ExploredNodes): void => exploredOf(session).chooseNodes(context, nodes);
  const several = (id: 'selected' | 'all', label: string, count: number): PickItem => ({
    id,
    label,
    isCurrent: chosen === id,
    ...(count > MAX_WATCHED ? { disabledBecause: `At most ${MAX_WATCHED} are followed.` } : {}),
    pick: () => choose(id),
  });
  return [
    ...(selected > 0 ? [several('selected', plural(selected, 'selected node'), selected)] : []),
    ...(all.length > 1 ? [several('all', `All ${plural(all.length, 'node')}`, all.length)] : []),
    ...all.map((node) => ({
      id: `node:${node.target}`,
      label: nodeName(node),
      detail: isMissing(node) ? `${node.target}, ${seenWords(node)}` : node.target,
      words: node.addresses.join(' '),
      isCurrent: targets.size === 1 && targets.has(node.target),
      pick: () => choose({ node: node.target }),
    })),
  ];
}
