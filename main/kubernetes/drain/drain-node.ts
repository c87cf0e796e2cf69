import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';
import { pause } from '../../lib/pause.ts';
import type { KubernetesCalls } from '../renewed-calls.ts';
import { cordon, isCordonOf } from './cordon.ts';
import { evict } from './evict.ts';
import type { DrainedPod } from './objects.ts';
import { podsOn, uidsOn } from './read-node.ts';
import { fewPods, podsToGo, podTitle, type PodsToGo } from './which-pods.ts';

/** Between two looks whether pods are gone. */
const LOOK_EVERY_MS = 2_000;
/** Until an eviction that was refused is asked for again, as kubectl waits. */
const RETRY_MS = 5_000;
/** A server that wants to be left alone for longer is asked sooner all the same. */
const MOST_RETRY_MS = 30_000;
/** Evictions that are asked for at a time. */
const MOST_AT_ONCE = 8;

/** What the user agreed to lose. */
export interface DrainConsent {
  /** Pods that nothing makes anew, as `namespace/name`: exactly those that were shown. */
  readonly unmanaged: ReadonlySet<string>;
  /** Data in emptyDir volumes of the pods that leave. */
  readonly emptyDir: boolean;
}

/** How a node is to be drained. */
export interface DrainWish {
  /** Id of the deed, which the node is marked with. */
  readonly deed: string;
  /** talosctl: 5 minutes. */
  readonly timeoutMs: number;
  readonly consent: DrainConsent;
}

/** What is told while a node is drained. Texts can be shown as they are. */
export type DrainEvent =
  /** `byUs` is false for one that somebody else cordoned before: it stays so afterwards. */
  | { readonly kind: 'cordoned'; readonly byUs: boolean }
  /** How many pods leave. */
  | { readonly kind: 'leaving'; readonly pods: number }
  /** One pod: it was asked to go, may not go yet, or is gone. */
  | { readonly kind: 'pod'; readonly pod: string; readonly state: 'going' | 'gone' }
  | {
      readonly kind: 'pod';
      readonly pod: string;
      readonly state: 'held';
      readonly why: string;
      readonly budget?: string;
    }
  /** Kubernetes could not be asked; it is tried again. */
  | { readonly kind: 'trouble'; readonly why: string };

/** A pod that is still there when the time is over. */
export interface HeldPod {
  readonly pod: string;
  /** One sentence. */
  readonly why: string;
  /** `shop/checkout`, when a budget forbids it. */
  readonly budget?: string;
}

/** What came of it. After `paused` the node is still cordoned: drain it once more to wait on, or release it. */
export type DrainResult =
  /** So many pods left. */
  | { readonly kind: 'drained'; readonly pods: number }
  | { readonly kind: 'paused'; readonly why: string; readonly held: readonly HeldPod[] };

/** What draining and releasing work with. */
export interface DrainTools {
  readonly calls: KubernetesCalls;
  readonly clock: Clock;
  readonly tell: (event: DrainEvent) => void;
  readonly signal: AbortSignal;
}

interface Leaving {
  readonly pod: DrainedPod;
  state: 'waiting' | 'going' | 'gone';
  held?: HeldPod;
  retryAtMs: number;
}

/**
 * Cordons a node and evicts what runs on it, as `talosctl reboot --drain` does, but never past a budget and never more than was agreed
 * to. May be repeated: what was done is not done twice. Throws Failed `conflict` for a pod whose loss nobody agreed to (nothing is
 * evicted then; looked at before the node is cordoned and again after), `denied`, what calls throw before anything was evicted,
 * and the signal's reason.
 */
export async function drainNode(node: string, wish: DrainWish, tools: DrainTools): Promise<DrainResult> {
  const { calls, clock, tell, signal } = tools;
  const untilMs = clock.monotonic() + wish.timeoutMs;
  mustBeAgreed(podsToGo(await podsOn(calls, node, signal)), wish.consent);
  const cordoned = await cordon(calls, node, { deed: wish.deed, nowMs: clock.now(), signal });
  tell({ kind: 'cordoned', byUs: isCordonOf(cordoned, wish.deed) });
  const found = podsToGo(await podsOn(calls, node, signal));
  mustBeAgreed(found, wish.consent);
  const all = found.leaving.map((pod): Leaving => ({ pod, state: 'waiting', retryAtMs: 0 }));
  tell({ kind: 'leaving', pods: all.length });
  for (;;) {
    await askToGo(all, tools);
    if (all.length > 0) await lookWhoIsGone(node, all, tools);
    if (all.every(({ state }) => state === 'gone')) return { kind: 'drained', pods: all.length };
    const leftMs = untilMs - clock.monotonic();
    if (leftMs <= 0) return paused(node, all, wish.timeoutMs);
    await pause(clock, Math.min(LOOK_EVERY_MS, leftMs), signal);
    signal.throwIfAborted();
  }
}

function mustBeAgreed({ unmanaged, emptyDir }: PodsToGo, consent: DrainConsent): void {
  const lost = unmanaged.map(podTitle).filter((pod) => !consent.unmanaged.has(pod));
  const hint = 'Look at the plan again: it says what would be lost.';
  if (lost.length > 0) {
    const message = `Nothing makes these pods anew, and their loss was not agreed to: ${fewPods(lost)}.`;
    throw new Failed({ code: 'conflict', message, hint, retry: 'safe' });
  }
  if (emptyDir.length > 0 && !consent.emptyDir) {
    const names = fewPods(emptyDir.map(podTitle));
    const message = `Data in emptyDir volumes would be lost, which was not agreed to: ${names}.`;
    throw new Failed({ code: 'conflict', message, hint, retry: 'safe' });
  }
}

/** Asks for the eviction of all whose turn it is, some at a time. */
async function askToGo(all: readonly Leaving[], { calls, clock, tell, signal }: DrainTools): Promise<void> {
  const due = all.filter(({ state, retryAtMs }) => state === 'waiting' && retryAtMs <= clock.monotonic());
  const next = due.values();
  const work = async (): Promise<void> => {
    for (const each of next) {
      const pod = podTitle(each.pod);
      const answer = each.pod.isGoing ? ({ kind: 'goes' } as const) : await evict(calls, each.pod, signal);
      if (answer.kind === 'goes') {
        each.state = 'going';
        delete each.held;
        tell({ kind: 'pod', pod, state: 'going' });
        continue;
      }
      const { why, budget, retryAfterMs = 0 } = answer;
      each.retryAtMs = clock.monotonic() + Math.min(Math.max(RETRY_MS, retryAfterMs), MOST_RETRY_MS);
      const held = { pod, why, ...(budget !== undefined && { budget }) };
      if (each.held?.why !== why) tell({ kind: 'pod', state: 'held', ...held });
      each.held = held;
    }
  };
  await Promise.all(Array.from({ length: Math.min(MOST_AT_ONCE, due.length) }, work));
}

async function lookWhoIsGone(
  node: string,
  all: readonly Leaving[],
  { calls, tell, signal }: DrainTools,
): Promise<void> {
  let there: ReadonlySet<string>;
  try {
    there = await uidsOn(calls, node, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof Failed) || ['denied', 'unauthenticated', 'cancelled'].includes(error.failure.code))
      throw error;
    tell({ kind: 'trouble', why: error.failure.message });
    return;
  }
  for (const each of all) {
    if (each.state === 'gone' || there.has(each.pod.uid)) continue;
    each.state = 'gone';
    tell({ kind: 'pod', pod: podTitle(each.pod), state: 'gone' });
  }
}

function paused(node: string, all: readonly Leaving[], timeoutMs: number): DrainResult {
  const held = all
    .filter(({ state }) => state !== 'gone')
    .map(
      ({ pod, held: by }): HeldPod => by ?? { pod: podTitle(pod), why: 'It was asked to go and has not ended yet.' },
    );
  const seconds = Math.round(timeoutMs / 1000);
  const pods = held.length === 1 ? '1 pod is' : `${held.length} pods are`;
  const names = fewPods(held.map(({ pod }) => pod));
  return {
    kind: 'paused',
    why: `After ${seconds} s, ${pods} still on ${node}: ${names}.`,
    held,
  };
}
