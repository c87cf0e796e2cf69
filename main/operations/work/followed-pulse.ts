import { failure } from '../../lib/failed.ts';
import type { Clock } from '../../lib/clock.ts';
import { every } from '../../lib/every.ts';
import type { Caller } from '../clusters/caller.ts';
import type { RunOutput } from './run-output.ts';
import { NodePulse, TICK_MS } from './watch/node-pulse.ts';

/** Nodes of one run that are asked whether they are still there; of a larger run nobody reads every node. */
export const MOST_PULSES = 100;

/** A node whose lines are followed, and where its silence is told. */
export interface FollowedNode {
  readonly node: string;
  /** As of now. */
  readonly caller: () => Caller;
  readonly clock: Clock;
  readonly output: RunOutput;
  /** Does anybody see the page? While not, nothing is asked and nothing falls silent. */
  readonly isSeen: () => boolean;
}

/**
 * Says within 3 s that the way to a node whose lines are followed no longer works (docs/adr/0018): a quiet log proves nothing.
 * Whoever makes one stops it.
 */
export class FollowedPulse {
  readonly #pulse: NodePulse;
  #endpoint: string | undefined;
  #cancel: (() => void) | undefined;
  readonly #options: FollowedNode;

  constructor(options: FollowedNode) {
    this.#options = options;
    const { node, caller, clock, output } = options;
    this.#pulse = new NodePulse({
      now: clock.now,
      ask: (timeoutMs) => (this.#endpoint === undefined ? undefined : caller().ping(node, this.#endpoint, timeoutMs)),
      explain: (error) => caller().explain(error, { node, endpoint: this.#endpoint }),
      onSilent: (sinceMs, why) => output.push({ type: 'silent', node, sinceMs, failure: why ?? this.#noAnswer() }),
      onAlive: () => output.push({ type: 'alive', node }),
      // The stream goes on elsewhere by itself as soon as its connection is known to be dead.
      onStuck: () => undefined,
      // A log that never brought a line stands all the same once its node answers over the same way.
      onPinged: (ping) => {
        if (ping.state === 'answered') this.#pulse.heard(ping.durationMs);
      },
    });
  }

  /** The lines come, or are to come, through this endpoint. */
  through(endpoint: string): void {
    this.#endpoint = endpoint;
    this.#pulse.begin();
    const { clock, isSeen } = this.#options;
    let wasSeen = true;
    this.#cancel ??= every(clock, TICK_MS, () => {
      const seen = isSeen();
      if (seen && !wasSeen) this.#pulse.look();
      wasSeen = seen;
      if (seen) this.#pulse.tick();
    });
  }

  /** Something came. */
  heard(): void {
    this.#pulse.heard();
  }

  stop(): void {
    this.#cancel?.();
    this.#endpoint = undefined;
  }

  #noAnswer(): ReturnType<typeof failure> {
    const { node } = this.#options;
    return failure({
      code: 'unreachable',
      message: `${node} does not answer${this.#endpoint === undefined ? '' : ` through ${this.#endpoint}`}.`,
      hint: 'Its lines go on by themselves when it does.',
      where: { node, ...(this.#endpoint !== undefined && { endpoint: this.#endpoint }) },
      retry: 'safe',
    });
  }
}
