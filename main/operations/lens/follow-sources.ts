import type { LensItem, LensSourceWish, NodeSeen } from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import { every } from '../../lib/every.ts';
import type { Caller } from '../clusters/caller.ts';
import { seenAfter } from '../clusters/nodes-seen.ts';
import { Backlog } from '../work/buffers/backlog.ts';
import { fanOut } from '../work/fan-out/fan-out.ts';
import { NodeCancels } from '../work/fan-out/node-cancels.ts';
import { NodePulse, TICK_MS } from '../work/watch/node-pulse.ts';
import { lookForContainers } from './container-watch.ts';
import { LensKept } from './lens-kept.ts';
import { SourceFollower } from './source-follower.ts';

/** What is followed, and until when: it ends when `signal` aborts. */
export interface FollowInput {
  readonly id: string;
  readonly sources: readonly LensSourceWish[];
  readonly follow: boolean;
  readonly tail: number;
  /** Throws Failed when the context is gone or cannot be dialled. */
  readonly caller: () => Caller;
  readonly clock: Clock;
  readonly random: () => number;
  /** Does anybody see the page? */
  readonly isSeen: () => boolean;
  readonly onSeen: (node: string, seen: NodeSeen) => void;
  readonly signal: AbortSignal;
  /** Characters that may wait for the page. */
  readonly budget?: number;
  /** Gets what stops following one source. */
  readonly onLeave: (leave: (source: number) => void) => void;
}

const BUDGET = 16 * 1024 * 1024;
/** A page that has taken nothing for so long does not look: one that is busy takes something in between. */
const LEFT_AFTER_MS = 700;
/** That a node answers is told once in so long. */
const TELL_EVERY_MS = 5000;
/** Which containers there are is asked so often, for those that are followed. */
const LOOK_EVERY_MS = 5000;

/** The streams of one node. */
interface NodeStreams {
  readonly node: string;
  readonly followers: SourceFollower[];
  /** One for all of them: a quiet log proves nothing either way. */
  readonly pulse: NodePulse;
  toldAt: number;
}

/** Lines of many sources of one cluster, each in the order it writes them, until the signal aborts or all has come. */
export async function* followSources(input: FollowInput): AsyncGenerator<LensItem, void, undefined> {
  const { sources, follow, tail, caller, clock, random, signal, isSeen } = input;
  // Refused in words before anything is opened.
  caller();
  yield { type: 'opened', id: input.id };
  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  const kept = new LensKept(input.budget ?? BUDGET);
  const items = new Backlog<LensItem>(kept);
  let takenAt = clock.monotonic();
  const isLeft = (): boolean => kept.weight > 0 && clock.monotonic() - takenAt > LEFT_AFTER_MS;
  const nodes = new Map<string, NodeStreams>();
  const streamsOf = (node: string): NodeStreams => {
    const known = nodes.get(node);
    if (known !== undefined) return known;
    const made = nodeStreams(node, input);
    nodes.set(node, made);
    return made;
  };

  const cancels = new NodeCancels(both);
  input.onLeave((source) => cancels.cancelNode(String(source)));
  const all = fanOut(
    sources.map((_wish, source) => String(source)),
    cancels,
    async ({ node: key, signal: own, stands }) => {
      const source = Number(key);
      const wish = sources[source];
      if (wish === undefined) return;
      const streams = streamsOf(wish.node);
      const follower = new SourceFollower({
        ...{ wish, source, follow, tail, caller, clock, random, stands, signal: own },
        push: (item) => items.push(item),
        isLeft,
        onHeard: () => heard(streams, input),
        onBroke: (error, why) => {
          const seen = seenAfter({ error, failure: why }, clock.now());
          if (seen !== undefined) input.onSeen(wish.node, seen);
          if (streams.followers.every(({ endpoint }) => endpoint === undefined)) streams.pulse.lost(why);
        },
      });
      streams.followers.push(follower);
      await follower.follow();
      streams.followers.splice(streams.followers.indexOf(follower), 1);
    },
  );
  let wasSeen = true;
  const stopTicks = every(clock, TICK_MS, () => {
    const seen = follow && isSeen();
    for (const { followers, pulse } of seen ? nodes.values() : []) {
      if (!wasSeen) pulse.look();
      if (followers.length > 0) pulse.tick();
    }
    wasSeen = seen;
  });
  const stopLooking = every(clock, LOOK_EVERY_MS, () => {
    if (!follow || !isSeen()) return;
    for (const { node, followers } of nodes.values()) {
      const containers = followers.filter(({ wish }) => wish.kind === 'container');
      if (containers.length > 0) void lookForContainers(caller, node, containers, both);
    }
  });
  const end = (): void => {
    stopTicks();
    stopLooking();
    items.end();
  };
  void all.then(end);
  signal.addEventListener('abort', end, { once: true });
  try {
    for await (const item of items) {
      takenAt = clock.monotonic();
      yield item;
    }
  } finally {
    signal.removeEventListener('abort', end);
    stop.abort();
    end();
  }
}

function heard(streams: NodeStreams, { clock, onSeen }: FollowInput): void {
  streams.pulse.heard();
  if (clock.monotonic() - streams.toldAt < TELL_EVERY_MS) return;
  streams.toldAt = clock.monotonic();
  onSeen(streams.node, seenAfter(undefined, clock.now()));
}

function nodeStreams(node: string, input: FollowInput): NodeStreams {
  const { clock } = input;
  const followers: SourceFollower[] = [];
  let asked: Caller | undefined;
  const pulse = new NodePulse({
    now: clock.now,
    ask: (timeoutMs) => {
      const { caller, endpoint } = followers.find((one) => one.endpoint !== undefined) ?? {};
      asked = caller;
      return endpoint === undefined ? undefined : caller?.ping(node, endpoint, timeoutMs);
    },
    // By the one that asked: a context that went meanwhile has no other, and this is no place to fail.
    explain: (error) => (asked ?? input.caller()).explain(error, { node }),
    onSilent: (sinceMs, why) => {
      for (const follower of followers) follower.nodeIs({ isThere: false, sinceMs, why });
    },
    onAlive: () => {
      for (const follower of followers) follower.nodeIs({ isThere: true });
    },
    onStuck: () => {
      for (const follower of followers) follower.reopen();
      pulse.begin();
    },
    // Logs that never brought a line stand all the same once their node answers.
    onPinged: (ping) => {
      if (ping.state === 'answered') pulse.heard(ping.durationMs);
    },
  });
  return { node, followers, pulse, toldAt: -Infinity };
}
