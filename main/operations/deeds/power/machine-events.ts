import type { LensEvent } from '../../../../preload/contract/index.ts';
import type { Clock } from '../../../lib/clock.ts';
import { pause } from '../../../lib/pause.ts';
import type { Caller } from '../../clusters/caller.ts';
import { readEvent } from '../../lens/event-payload.ts';

/** Attempts start at most so often (docs/talos-behaviour.md §6.5). */
const AGAIN_MS = 1_000;
/** The first stream has so long to stand before the machine is asked. */
const STAND_MS = 10_000;
/** Ids that are remembered: a node keeps a thousand events. */
const MOST_SEEN = 2_000;
/** Events that are kept until it is known whose they are. */
const MOST_EARLY = 200;

/** What is heard of a machine that goes down and comes back. */
export interface Heard {
  /** A step of its sequence begins or ends. */
  readonly onStep: (kind: 'phase' | 'task', name: string, isEnd: boolean) => void;
  /** It says how it is: `RUNNING`, and whether it is ready. */
  readonly onStage: (stage: string, isReady: boolean) => void;
  /** The sequence we asked for failed. */
  readonly onError: (message: string) => void;
}

/** What {@link MachineEvents} work with. */
export interface MachineEventsOptions {
  readonly caller: () => Caller;
  readonly clock: Clock;
  readonly node: string;
  readonly heard: Heard;
}

/**
 * The events of one machine, over every connection that is lost: each time it is asked for all it remembers, and what was heard
 * before is passed over. Of a sequence only what our own call began counts, and, once the machine was away, what nobody's call
 * began: that is its boot. Ended by {@link end}.
 */
export class MachineEvents {
  readonly #options: MachineEventsOptions;
  readonly #end = new AbortController();
  readonly #seen = new Set<string>();
  /** Of whichever call, until it is known which one is ours: a machine begins before it answers. */
  #early: LensEvent[] = [];
  #actor: string | undefined;
  #wasAway = false;

  constructor(options: MachineEventsOptions) {
    this.#options = options;
  }

  /** Begins to listen. Resolves when the stream stands, or could not stand for ten seconds. Never rejects. */
  async begin(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    const stands = Promise.withResolvers<void>();
    void this.#listen(stands.resolve);
    const over = AbortSignal.any([signal, this.#end.signal]);
    await pause(clock, STAND_MS, over, (goOn) => void stands.promise.then(goOn));
  }

  /** The sequence that our call began. */
  follow(actor: string): void {
    this.#actor = actor;
    const early = this.#early;
    this.#early = [];
    for (const event of early) this.#tell(event);
  }

  /** The machine was not reached: what it tells next is of its boot. */
  wasAway(): void {
    this.#wasAway = true;
  }

  /** Listens no more. */
  end(): void {
    this.#end.abort();
  }

  async #listen(stands: () => void): Promise<void> {
    const { caller, clock, node } = this.#options;
    const { signal } = this.#end;
    for (let attempt = 0; !signal.aborted; attempt++) {
      try {
        const wish = { tail_events: attempt === 0 ? 0 : -1 };
        const call = { node, deadlineMs: Infinity, signal };
        for await (const event of caller().serverStream('/machine.MachineService/Events', wish, call)) {
          stands();
          this.#take(event);
        }
      } catch {
        // It goes away, or the way to it does: how it is says the look at it.
      }
      if (!signal.aborted) await pause(clock, AGAIN_MS, signal);
    }
  }

  #take(sent: Parameters<typeof readEvent>[0]): void {
    const event = readEvent(sent);
    // Types that nobody knows are passed over, as they may come with any version.
    if (event === undefined || this.#seen.has(event.id)) return;
    if (this.#seen.size < MOST_SEEN) this.#seen.add(event.id);
    if (event.kind === 'machine-status') {
      this.#options.heard.onStage(event.subject, event.message.startsWith('ready: true'));
    } else if (this.#actor === undefined && event.actor !== '') {
      if (this.#early.length < MOST_EARLY) this.#early.push(event);
    } else {
      this.#tell(event);
    }
  }

  #tell(event: LensEvent): void {
    const { onStep, onError } = this.#options.heard;
    const isOurs = event.actor !== '' && event.actor === this.#actor;
    if (!isOurs && !(this.#wasAway && event.actor === '')) return;
    if (event.kind === 'sequence' && event.isError && isOurs) onError(event.message);
    if (event.kind === 'phase' || event.kind === 'task') onStep(event.kind, event.subject, event.action === 'STOP');
  }
}
