import type { ContextSummary } from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';
import type { Caller } from '../clusters/caller.ts';
import type { Clusters } from '../clusters/clusters.ts';
import type { ClusterChange, Lease } from '../clusters/lease.ts';
import { deedPlace } from '../plans/deed-place.ts';
import type { SteppedDeed } from '../plans/plan.ts';

/** What a {@link HeldCluster} works with. */
export interface HeldClusterOptions {
  readonly clusters: Pick<Clusters, 'of' | 'get' | 'lease'>;
  /** The context as its file has it now. Throws Failed `not-found`. */
  readonly context: (id: string) => ContextSummary;
  readonly clock: Clock;
}

/**
 * The cluster of one deed while that lasts, whatever happens to its context: a new name is followed, a renewed certificate is used;
 * other endpoints, a context that is gone or an ended certificate let no further machine begin.
 */
export class HeldCluster {
  readonly #options: HeldClusterOptions;
  readonly #cluster: string;
  #id: string;
  #takeAgain: (() => void) | undefined;

  /** Of the context with this id. Throws Failed `not-found`. */
  constructor(id: string, options: HeldClusterOptions) {
    this.#id = id;
    this.#options = options;
    this.#cluster = deedPlace(options.context(id)).cluster;
  }

  /** What the page calls it by at the moment. */
  get id(): string {
    return this.#id;
  }

  /** Calls as of now. Throws Failed when it went away, also `conflict` when another cluster goes by its name. */
  readonly caller = (): Caller => {
    if (!this.#isSame(this.#options.context(this.#id))) {
      throw new Failed({ code: 'conflict', message: ELSEWHERE, hint: 'Put it back, or stop.' });
    }
    return this.#options.clusters.of(this.#id);
  };

  /** See {@link SteppedDeed}. */
  readonly whyWait = (): string | undefined => {
    let summary: ContextSummary;
    try {
      summary = this.#options.context(this.#id);
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      return `Its context is gone: ${error.failure.message} Put it back, or stop.`;
    }
    if (!this.#isSame(summary)) return `${ELSEWHERE} Put it back, or stop.`;
    const { certificate } = summary;
    if (certificate !== undefined && certificate.notAfterMs <= this.#options.clock.now())
      return 'The certificate of its context has ended. Renew it, or stop.';
    return this.#heldAgain();
  };

  /** See {@link SteppedDeed}. */
  readonly hold: NonNullable<SteppedDeed['hold']> = (run) => {
    const take = (): Lease => {
      const onChange = (change: ClusterChange): void => {
        if (change.type === 'renamed') this.#id = change.to;
        if (change.type === 'moved')
          run.pause('The endpoints of its context were changed. Look at them, then let it go on.');
      };
      const lease = this.#options.clusters.lease(this.#id, onChange, true);
      // Said at once: what is under way is not seen meanwhile.
      lease.signal.addEventListener('abort', () => run.pause(this.whyWait() ?? GONE), { once: true });
      return lease;
    };
    let lease: Lease | undefined = take();
    this.#takeAgain = () => {
      if (lease?.signal.aborted === true) lease = take();
    };
    return () => {
      lease?.release();
      lease = undefined;
    };
  };

  /** Holds the cluster once more that was closed and is back. Says why that cannot be. */
  #heldAgain(): string | undefined {
    try {
      this.#takeAgain?.();
      return undefined;
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      return error.failure.message;
    }
  }

  #isSame(summary: ContextSummary): boolean {
    return deedPlace(summary).cluster === this.#cluster;
  }
}

const GONE = 'Its cluster was closed. Look at its context, then let it go on.';
const ELSEWHERE = 'Its context leads to another cluster now.';
