import type { CommandPicture, RunColumn } from '../../../preload/contract/index.ts';
import { cellText } from '../../lib/cells.ts';
import type { NodeRun } from '../../state/run.svelte.ts';

/** Places of the columns a picture of sockets is made of. */
export interface SocketPlaces {
  readonly local: number;
  readonly foreign: number;
  readonly state: number;
  /** Missing where they were not asked for. */
  readonly program: number | undefined;
  readonly pod: number | undefined;
}

/** Where a command's sockets come from; undefined when it has none or its columns are missing. */
export function socketPlaces(
  columns: readonly RunColumn[],
  picture: CommandPicture | undefined,
): SocketPlaces | undefined {
  if (picture?.kind !== 'sockets') return undefined;
  const place = (id: string): number => columns.findIndex((column) => column.id === id);
  const optional = (id: string): number | undefined => (place(id) < 0 ? undefined : place(id));
  const [local, foreign, state] = [place(picture.local), place(picture.foreign), place(picture.state)];
  if (local < 0 || foreign < 0 || state < 0) return undefined;
  return { local, foreign, state, program: optional('program'), pod: optional('pod') };
}

/** So many sockets are in a state. */
export interface StateCount {
  readonly state: string;
  readonly count: number;
}

/** States that are told by name. */
const MOST_STATES = 12;

/** Sockets by their state, most first; those without one have the empty state. */
export function stateCounts(nodes: readonly NodeRun[], { state }: SocketPlaces): readonly StateCount[] {
  const counts = new Map<string, number>();
  for (const { rows } of nodes) {
    for (const row of rows) {
      const word = cellText(row[state], 'state');
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  const sorted = [...counts].map(([word, count]) => ({ state: word, count })).sort((a, b) => b.count - a.count);
  return sorted.slice(0, MOST_STATES);
}

/** Connections of one node with one peer over one service. */
export interface Peer {
  readonly key: string;
  readonly node: string;
  /** What talks: a pod, a program, or else the address. */
  readonly who: string;
  /** `in`: the peer connected to a port here. */
  readonly direction: 'in' | 'out';
  /** By its own name where it is a node or a pod that is known. */
  readonly peer: string;
  readonly address: string;
  /** Of the side that was connected to. */
  readonly port: string;
  readonly count: number;
  readonly states: ReadonlyMap<string, number>;
}

/** Address and port of `10.0.0.1:443` or `fd00::1:443`, as talosctl writes them. */
function ends(text: string): readonly [address: string, port: string] {
  const at = text.lastIndexOf(':');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** Ports the kernel gives to whoever connects, on Linux by itself. */
const FIRST_EPHEMERAL = 32_768;

/**
 * Who talks to whom: connected sockets of each node by peer, service and what talks, most first. The lower port is the service,
 * unless a node listens on one of the two. `nameOf` names a node by an address of its; undefined for none.
 */
export function peersOf(
  nodes: readonly NodeRun[],
  places: SocketPlaces,
  nameOf: (address: string) => string | undefined,
): readonly Peer[] {
  const podAt = podsByAddress(nodes, places);
  const peers = new Map<string, Peer & { count: number; states: Map<string, number> }>();
  for (const { node, rows } of nodes) {
    const listening = listeningPorts(rows, places);
    for (const row of rows) {
      const [peer, peerPort] = ends(cellText(row[places.foreign], 'text'));
      if (peerPort === '*' || peerPort === '') continue;
      const [own, ownPort] = ends(cellText(row[places.local], 'text'));
      const direction = isService(ownPort, peerPort, listening) ? 'in' : 'out';
      const port = direction === 'in' ? ownPort : peerPort;
      const pod = places.pod === undefined ? '' : cellText(row[places.pod], 'text');
      const program = places.program === undefined ? '' : cellText(row[places.program], 'text').replace(/^\d+\//, '');
      const who = pod || (program === '-' ? '' : program) || own;
      const key = [node, who, direction, peer, port].join('\n');
      const known = peers.get(key) ?? {
        ...{ key, node, who, direction, port, address: peer },
        peer: podAt.get(peer) ?? nameOf(peer) ?? peer,
        count: 0,
        states: new Map<string, number>(),
      };
      const state = cellText(row[places.state], 'state');
      known.count += 1;
      known.states.set(state, (known.states.get(state) ?? 0) + 1);
      peers.set(key, known);
    }
  }
  return [...peers.values()].sort((a, b) => b.count - a.count);
}

function isService(ownPort: string, peerPort: string, listening: ReadonlySet<string>): boolean {
  if (listening.has(ownPort)) return true;
  const [own, other] = [Number(ownPort), Number(peerPort)];
  return own < other && own < FIRST_EPHEMERAL;
}

function listeningPorts(rows: NodeRun['rows'], { local, foreign, state }: SocketPlaces): ReadonlySet<string> {
  const ports = new Set<string>();
  for (const row of rows) {
    if (row[state] !== 'LISTEN' && !cellText(row[foreign], 'text').endsWith(':*')) continue;
    ports.add(ends(cellText(row[local], 'text'))[1]);
  }
  return ports;
}

/** A pod's own address names it on every node; addresses that many have (`0.0.0.0`, loopback) name nobody. */
function podsByAddress(nodes: readonly NodeRun[], { local, pod }: SocketPlaces): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (pod === undefined) return found;
  for (const { rows } of nodes) {
    for (const row of rows) {
      const name = cellText(row[pod], 'text');
      const [address] = ends(cellText(row[local], 'text'));
      if (name !== '' && !/^(0\.0\.0\.0|::|127\.|::1)/.test(address)) found.set(address, name);
    }
  }
  return found;
}

/** `300 ESTABLISHED, 3 TIME_WAIT`. */
export function statesText(states: ReadonlyMap<string, number>): string {
  return [...states]
    .sort((a, b) => b[1] - a[1])
    .map(([state, count]) => `${count} ${state || 'without a state'}`)
    .join(', ');
}
