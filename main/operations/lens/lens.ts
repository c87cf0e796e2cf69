import type { LensItem, StreamParams } from '../../../preload/contract/index.ts';
import type { Unfinished } from '../../files/own/unfinished.ts';
import type { Clock } from '../../lib/clock.ts';
import { leased, type Lease } from '../clusters/lease.ts';
import { followSources } from './follow-sources.ts';
import { LensExports } from './lens-export.ts';

/** What {@link Lens} works with. */
export interface LensOptions {
  /** A hold on the cluster of a context. Throws Failed when there is none. */
  readonly lease: (context: string) => Lease;
  readonly clock: Clock;
  readonly random: () => number;
  readonly newId: () => string;
  readonly isSeen: () => boolean;
  readonly unfinished: Unfinished;
}

/** The open streams of the log lens, and its exports. */
export class Lens {
  readonly exports: LensExports;
  readonly #options: LensOptions;
  readonly #open = new Map<string, (source: number) => void>();

  constructor(options: LensOptions) {
    this.#options = options;
    this.exports = new LensExports(options.newId, options.unfinished);
  }

  /** Follows sources of one cluster. Throws what connecting throws, and why the cluster was closed: Failed. */
  async *follow(
    { context, ...input }: StreamParams<'lens'>,
    signal: AbortSignal,
  ): AsyncGenerator<LensItem, void, undefined> {
    const { clock, random, isSeen, newId } = this.#options;
    const lease = this.#options.lease(context);
    const id = newId();
    const work = (until: AbortSignal): AsyncIterable<LensItem> =>
      followSources({
        ...{ ...input, id, clock, random, isSeen, signal: until },
        caller: () => lease.caller,
        onSeen: (node, seen) => {
          lease.mark(node, seen);
        },
        onLeave: (leave) => this.#open.set(id, leave),
      });
    try {
      yield* leased(lease, signal, work);
    } finally {
      this.#open.delete(id);
    }
  }

  /** No longer follows one source of an open stream. */
  leave(id: string, source: number): void {
    this.#open.get(id)?.(source);
  }
}
