import { backoffMs } from '../../lib/backoff.ts';
import { pause } from '../../lib/pause.ts';
import type { Clock } from '../../lib/clock.ts';
import { isEventId } from '../../talos/event-id.ts';
import { callEnd } from '../clusters/call-end.ts';
import type { Caller } from '../clusters/caller.ts';
import { readEvent } from '../lens/event-payload.ts';
import { afterEvent, type ConfigError, type ConfigHistory } from './config-error.ts';

/** Of what was before only so many: an error that nothing followed is among the last. */
const TOLD_EVENTS = 100;
const RETRY = { firstMs: 500, factor: 2, jitter: 0.2, ceilingMs: 30_000 };

/** What {@link followConfigErrors} follows, and who is told. */
export interface FollowEventsOptions {
  /** Throws Failed when the cluster cannot be called. */
  readonly connection: () => Caller;
  readonly node: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
  /** A configuration could not be used; undefined: a good one was taken since. */
  readonly onError: (error: ConfigError | undefined) => void;
  /** The node sent something. */
  readonly onHeard: () => void;
}

/**
 * Follows the events of a node for what they say of its configuration, for as long as the signal stands. Ends early only when the node
 * has no events, or they may not be read. That the way to it breaks is told by others: its watches go the same way.
 */
export async function followConfigErrors(options: FollowEventsOptions): Promise<void> {
  const { clock, random, signal } = options;
  const events = new EventsOfConfig(options);
  let failures = 0;
  while (!signal.aborted) {
    const begunMs = clock.monotonic();
    try {
      await events.read();
    } catch (error) {
      if (signal.aborted || callEnd(error) === 'verdict') return;
    }
    failures = clock.monotonic() - begunMs > RETRY.ceilingMs ? 1 : failures + 1;
    await pause(clock, backoffMs(failures, random(), RETRY), signal);
  }
}

class EventsOfConfig {
  readonly #options: FollowEventsOptions;
  #history: ConfigHistory = {};
  #lastId = '';

  constructor(options: FollowEventsOptions) {
    this.#options = options;
  }

  /** Reads until the stream ends; goes on after the last event that it knows. */
  async read(): Promise<void> {
    const { connection, node, signal, onError, onHeard } = this.#options;
    const from = { tail_events: this.#lastId === '' ? TOLD_EVENTS : 0, tail_id: this.#lastId };
    const request = { ...from, tail_seconds: 0, with_actor_id: '' };
    const options = { node, deadlineMs: Infinity, signal };
    for await (const sent of connection().serverStream('/machine.MachineService/Events', request, options)) {
      if (signal.aborted) return;
      onHeard();
      const event = readEvent(sent);
      if (event === undefined) continue;
      if (isEventId(event.id)) this.#lastId = event.id;
      const { error } = this.#history;
      this.#history = afterEvent(this.#history, event);
      if (this.#history.error !== error) onError(this.#history.error);
    }
  }
}
