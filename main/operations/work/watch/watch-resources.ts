import type { NodeSeen, WatchItem } from '../../../../preload/contract/index.ts';
import type { Clock } from '../../../lib/clock.ts';
import { every } from '../../../lib/every.ts';
import { findType } from '../../commands/resources/find-type.ts';
import { columnsOf } from '../../commands/resources/resource-type.ts';
import { Backlog } from '../buffers/backlog.ts';
import { NewestByKey } from '../buffers/newest-by-key.ts';
import { fanOut } from '../fan-out/fan-out.ts';
import { NodeCancels } from '../fan-out/node-cancels.ts';
import { talosctlLine } from '../../commands/kit/talosctl-line.ts';
import { NodeFollower } from './node-follower.ts';
import { TICK_MS } from './node-pulse.ts';
import type { WatchRequest } from './watch-reader.ts';
import type { Ways } from '../ways.ts';

/** What a watch follows, and until when: it ends when `signal` aborts. */
export interface WatchInput {
  /** How the nodes are reached; they are followed over one after another. */
  readonly ways: Ways;
  readonly nodes: readonly string[];
  readonly type: string;
  readonly namespace?: string | undefined;
  readonly id?: string | undefined;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly random: () => number;
  /** Does anybody see the page? */
  readonly isSeen: () => boolean;
  /** Told what is known of a node. */
  readonly onSeen: (node: string, seen: NodeSeen) => void;
}

/** The type is looked up like a run's. */
const FIND_DEADLINE_MS = 10_000;
/** What waits for a page that is slow, roughly; above it, no more is read from the nodes. */
const MAX_WAITING_BYTES = 16 * 1024 * 1024;

/**
 * Resources of one type as they change, on each node (docs/talos-behaviour.md §5.8), until the signal aborts. What breaks is
 * continued from the last bookmark, with a `gap` item; where the node no longer has the bookmark, everything comes anew after
 * a `reset`. A node that nothing proves to be there is `silent` until it answers again (docs/adr/0018). A slow reader gets the
 * newest state of each resource. Ends by itself only when asking again helps at no node.
 */
export async function* watchResources(input: WatchInput): AsyncGenerator<WatchItem, void, undefined> {
  const { nodes, signal, clock, random, isSeen, onSeen } = input;
  const connection = input.ways.now.caller;
  const type = await findType(connection, input.type, { nodes, deadlineMs: FIND_DEADLINE_MS, signal });
  const namespace = input.namespace ?? type.defaultNamespace;
  const words = ['get', type.type, ...(input.id === undefined ? [] : [input.id]), '--namespace', namespace, '--watch'];
  yield {
    type: 'columns',
    columns: columnsOf(type),
    resourceType: type.type,
    namespace,
    talosctl: talosctlLine(connection, nodes, words),
  };

  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  const items = new Backlog<WatchItem>(new NewestByKey(), MAX_WAITING_BYTES);
  const request: WatchRequest = {
    namespace,
    type: type.type,
    ...(input.id !== undefined && { id: input.id }),
    options: { bootstrap_contents: input.id === undefined },
    api_version: 1,
  };
  const shared = { ways: input.ways, type, request, items, clock, random, onSeen };
  const followers: NodeFollower[] = [];
  const cancelTicks = every(clock, TICK_MS, () => {
    for (const follower of followers) follower.tick(isSeen());
  });
  const end = (): void => {
    cancelTicks();
    items.end();
  };
  const all = fanOut(nodes, new NodeCancels(both), async ({ node, signal: ofNode, stands }) => {
    const follower = new NodeFollower({ ...shared, node, signal: ofNode, stands });
    followers.push(follower);
    await follower.follow();
  });
  void all.then(end);
  signal.addEventListener('abort', end, { once: true });
  try {
    yield* items;
  } finally {
    signal.removeEventListener('abort', end);
    stop.abort();
    end();
  }
}
