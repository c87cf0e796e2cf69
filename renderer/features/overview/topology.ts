import type { EndpointStatus, NodeRole, NodeState } from '../../../preload/contract/index.ts';
import { formatDuration, listOf, plural } from '../../lib/format.ts';
import { legTime } from '../../lib/leg-time.ts';
import { NODE_STATE_WORD, NODE_STATES, statusWords } from '../../lib/health-words.ts';
import { showUnseen } from '../../lib/unseen-signs.ts';
import { endpointSign, endpointWord, nodeName, ROLE_WORD, type Sign } from '../../lib/words.ts';
import type { NodeRow } from '../../state/health/node-row.ts';

/** Endpoints and nodes that are drawn; the screens that list them have all. */
const MOST_ENDPOINTS = 8;
const MOST_NODES = 600;
/** So many nodes have their names beside them; of more, the shape of the whole is what one sees. */
const MOST_NAMED = 24;
/** More than so many are drawn small, and have the whole width. */
export const MANY_NODES = 100;

/** An endpoint of the picture. */
export interface TopologyEndpoint {
  readonly id: string;
  readonly name: string;
  readonly sign: Sign;
  /** The live round trip, or in a word why there is none. */
  readonly text: string;
}

/** A node of the picture. */
export interface TopologyNode {
  readonly id: string;
  readonly name: string;
  readonly role: NodeRole;
  readonly state: NodeState;
  /** `worker-07, worker, not reached since 14:02:11`. */
  readonly words: string;
  /** About how long the way from its endpoint takes: `≈ 3 ms`; `—` where that is not known. */
  readonly time: string;
}

/** What the picture of a cluster shows: you → endpoints → nodes. */
export interface Topology {
  readonly endpoints: readonly TopologyEndpoint[];
  readonly moreEndpoints: number;
  /** Nodes of one role side by side, control planes first. */
  readonly groups: readonly { readonly role: NodeRole; readonly nodes: readonly TopologyNode[] }[];
  /** `12 more nodes`: those that are not drawn, and how they are where that is one state; missing when all are. */
  readonly moreNodes?: string;
  readonly isNamed: boolean;
  /** The same in one or two sentences, for those who cannot see it. */
  readonly sentence: string;
}

/** Makes the picture. Of very many nodes those that are not well are among those drawn. */
export function topologyOf(endpoints: readonly EndpointStatus[], rows: readonly NodeRow[], nowMs: number): Topology {
  const nodes = rows.map(({ target, node, health }): TopologyNode => {
    const time = legTime(health, endpoints);
    const behind = time === undefined ? '' : `, ${time} behind ${showUnseen(health?.answer?.endpoint ?? '')}`;
    return {
      id: target,
      name: nodeName(node),
      role: node.role,
      state: health?.state ?? 'unknown',
      words: `${nodeName(node)}, ${ROLE_WORD[node.role]}, ${statusWords(health, nowMs)}${behind}`,
      time: time ?? '—',
    };
  });
  const kept = new Set(worstFirst(nodes).slice(0, MOST_NODES));
  const drawn = nodes.filter((node) => kept.has(node));
  const left = nodes.filter((node) => !kept.has(node));
  const roles = (['controlplane', 'worker', 'unknown'] as const).map((role) => ({
    role,
    nodes: drawn.filter((node) => node.role === role),
  }));
  return {
    endpoints: endpoints.slice(0, MOST_ENDPOINTS).map((endpoint) => ({
      id: endpoint.endpoint,
      name: showUnseen(endpoint.endpoint),
      sign: endpointSign(endpoint),
      text:
        endpointSign(endpoint) === 'ready' && endpoint.roundTripMs !== undefined
          ? formatDuration(endpoint.roundTripMs)
          : endpointWord(endpoint),
    })),
    moreEndpoints: Math.max(0, endpoints.length - MOST_ENDPOINTS),
    groups: roles.filter((group) => group.nodes.length > 0),
    ...(left.length > 0 && { moreNodes: moreWords(left) }),
    isNamed: nodes.length <= MOST_NAMED,
    sentence: sentenceOf(endpoints, nodes),
  };
}

function moreWords(left: readonly TopologyNode[]): string {
  const [state, ...others] = new Set(left.map((node) => node.state));
  const how = state === undefined || others.length > 0 ? '' : ` (${NODE_STATE_WORD[state]})`;
  return `${plural(left.length, 'more node')}${how}`;
}

function worstFirst(nodes: readonly TopologyNode[]): readonly TopologyNode[] {
  return nodes.toSorted((a, b) => NODE_STATES.indexOf(a.state) - NODE_STATES.indexOf(b.state));
}

function sentenceOf(endpoints: readonly EndpointStatus[], nodes: readonly TopologyNode[]): string {
  const ready = endpoints.filter((endpoint) => endpointSign(endpoint) === 'ready').length;
  const counts = NODE_STATES.map((state) => ({ state, of: nodes.filter((node) => node.state === state) }))
    .filter(({ of }) => of.length > 0)
    .map(({ state, of }) => {
      const names = state === 'well' ? '' : ` (${listOf(of.map(({ name }) => name))})`;
      return `${of.length} ${NODE_STATE_WORD[state]}${names}`;
    });
  const told = counts.length === 0 ? 'no node is known' : counts.join(', ');
  return `${ready} of ${plural(endpoints.length, 'endpoint')} ready; of ${plural(nodes.length, 'node')}: ${told}.`;
}

/** Where a key leads among all that can be inspected in the picture: arrows to the next and the one before, Home and End. */
export function topologyStep(key: string, at: number, count: number): number | undefined {
  const next = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: count - 1 }[
    key
  ];
  return next === undefined ? undefined : Math.max(0, Math.min(count - 1, next));
}
