import { Failed } from '../../lib/failed.ts';
import { readMachineCertificates } from '../certificates/read-certificates.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Caller } from '../clusters/caller.ts';
import { isTold } from './certificate-end.ts';
import type { NodeEntry } from './node-entry.ts';
import type { NodeCertificates } from './told-facts.ts';

/** When a certificate ends stands in it, so that only renewals are to be noticed … */
const READ_EVERY_MS = 3_600_000;
/** … soon where one is told of, so that it is not for long after it was renewed … */
const TOLD_MS = 30_000;
/** … and after a failure. */
const AGAIN_MS = 60_000;
/** Not while everything else is read for the first time, nor of all machines at once: six calls each. */
const REST_MS = 5_000;
const SPREAD_MS = 25_000;
const ASKED_SPREAD_MS = 3_000;
const CALL_MS = 10_000;
const MOST_KEPT = 20;

/** What a {@link CertificateReader} needs. */
export interface CertificateReaderOptions {
  readonly entry: NodeEntry;
  /** Throws Failed when the cluster cannot be called. */
  readonly connection: () => Caller;
  readonly clock: Clock;
  readonly random: () => number;
  /** Whether the client is os:admin: others are not told. */
  readonly mayReadSecrets: () => boolean;
  readonly signal: AbortSignal;
}

/**
 * Reads now and then which certificates a machine keeps and tells its entry of those that end first. The resources hold their keys as
 * well, so it asks only for a client that may read those, and never again where that was refused; no key is kept, and those of authorities are
 * not even asked for.
 */
export class CertificateReader {
  readonly #options: CertificateReaderOptions;
  #dueAtMs: number;
  #isReading = false;
  #isRefused = false;

  constructor(options: CertificateReaderOptions) {
    this.#options = options;
    this.#dueAtMs = this.#soonMs();
  }

  /** Called four times a second while the machine answers. */
  tick(): void {
    const { clock, mayReadSecrets } = this.#options;
    if (this.#isReading || this.#isRefused || clock.monotonic() < this.#dueAtMs || !mayReadSecrets()) return;
    this.#isReading = true;
    void this.#read().finally(() => (this.#isReading = false));
  }

  /** Reads them some seconds after the rest. */
  later(): void {
    this.#dueAtMs = Math.min(this.#dueAtMs, this.#soonMs());
  }

  /** Somebody wants to know: reads them within moments. */
  refresh(): void {
    const { clock, random } = this.#options;
    this.#dueAtMs = Math.min(this.#dueAtMs, clock.monotonic() + random() * ASKED_SPREAD_MS);
  }

  #soonMs(): number {
    const { clock, random } = this.#options;
    return clock.monotonic() + REST_MS + random() * SPREAD_MS;
  }

  async #read(): Promise<void> {
    const { entry, connection, clock, signal } = this.#options;
    let nextMs = AGAIN_MS;
    // Who asks meanwhile may know of something newer than what is being read.
    this.#dueAtMs = Infinity;
    try {
      const options = { deadlineMs: CALL_MS, signal, isUnasked: true };
      const { certificates } = await readMachineCertificates(connection(), entry.node, options);
      if (signal.aborted) return;
      const ending = [...certificates].sort((a, b) => a.notAfterMs - b.notAfterMs).slice(0, MOST_KEPT);
      const told: NodeCertificates = { held: ending, atMs: clock.now() };
      entry.tell({ certificates: told });
      nextMs = ending.some((one) => isTold(one, told.atMs, told.atMs)) ? TOLD_MS : READ_EVERY_MS;
    } catch (error) {
      // That the machine does not answer is found by what asks it more often.
      this.#isRefused = error instanceof Failed && error.failure.code === 'denied';
    }
    this.#dueAtMs = Math.min(this.#dueAtMs, clock.monotonic() + nextMs);
  }
}
