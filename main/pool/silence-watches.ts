import type { Clock } from '../lib/clock.ts';
import type { Link } from './link.ts';
import type { PoolLimits } from './limits.ts';
import { runProbe, type Probe } from './probe.ts';
import { SilenceWatch } from './silence-watch.ts';

/** What {@link SilenceWatches} need. */
export interface SilenceWatchesOptions {
  readonly clock: Clock;
  readonly limits: Pick<PoolLimits, 'silenceMs' | 'silenceCeilingMs' | 'probeTimeoutMs'>;
  /** Without it silence is not noticed. */
  readonly probe: Probe | undefined;
  /** A call could start on some connection now. */
  readonly isAnyReady: () => boolean;
}

/** The watches of one endpoint's connections, each from when its connection is up. Whoever makes them stops them. */
export class SilenceWatches {
  readonly #options: SilenceWatchesOptions;
  readonly #watches = new Map<Link, SilenceWatch>();

  constructor(options: SilenceWatchesOptions) {
    this.#options = options;
  }

  /**
   * Watches a connection for as long as calls wait on it. One that takes no new calls (GOAWAY, switched off) cannot be asked:
   * there the silence alone moves what can go on elsewhere, as soon as there is an elsewhere.
   */
  begin(link: Link, onSilent: () => void): void {
    const { clock, limits, probe, isAnyReady } = this.#options;
    if (!probe) return;
    const isAlive = async (): Promise<boolean> => {
      if (link.isReady && (await runProbe(probe, link, clock, limits.probeTimeoutMs)).answered) return true;
      return !link.isReady && !isAnyReady();
    };
    const watch = new SilenceWatch({
      clock,
      silenceMs: limits.silenceMs,
      silenceCeilingMs: limits.silenceCeilingMs,
      bytesRead: () => link.bytesRead,
      check: () => {
        link.check();
      },
      probe: isAlive,
      onSilent: () => {
        if (link.isReady) onSilent();
        else link.moveCalls();
      },
    });
    this.#watches.set(link, watch);
  }

  /** A call on it begins or ceases to wait for an answer. */
  waiting(link: Link, delta: 1 | -1): void {
    const watch = this.#watches.get(link);
    if (delta === 1) watch?.begin();
    else watch?.end();
  }

  /** See {@link SilenceWatch.doubt}. */
  doubt(link: Link): void {
    this.#watches.get(link)?.doubt();
  }

  /** Doubted, and nothing came since. */
  isDoubted(link: Link): boolean {
    return this.#watches.get(link)?.isDoubted === true;
  }

  /** Ends one watch. */
  end(link: Link): void {
    this.#watches.get(link)?.stop();
    this.#watches.delete(link);
  }

  /** Ends all of them. */
  stop(): void {
    for (const watch of this.#watches.values()) watch.stop();
  }
}
