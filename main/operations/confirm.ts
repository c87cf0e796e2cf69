import type { ConfirmAnswer, ConfirmQuestion } from '../../preload/contract/index.ts';
import type { Clock } from '../lib/clock.ts';
import { Failed } from '../lib/failed.ts';
import { NEVER_ABORTS } from '../lib/until-aborted.ts';

/** Shows a question where the page cannot reach it and resolves with what the user did. Closes it when the signal aborts. */
export type ShowQuestion = (question: ConfirmQuestion, signal: AbortSignal) => Promise<ConfirmAnswer>;

/** Asks the user; resolves when they confirmed, rejects with Failed `cancelled` or `busy` otherwise. */
export type Ask = (question: ConfirmQuestion, signal?: AbortSignal) => Promise<void>;

/** How often a user may say no within {@link PATIENCE_MS} before further questions are not shown. */
const MOST_REFUSED = 3;
const PATIENCE_MS = 60_000;
/** More names than a user would read are not asked for. */
const MOST_NAMES = 50;

/**
 * Asks for what a page may not do alone. One question at a time; after some that were refused none is shown for a while,
 * so that nobody is worn down. What must be typed is compared here.
 */
export class Confirmer {
  readonly #show: ShowQuestion;
  readonly #clock: Clock;
  #isAsking = false;
  #refusedAtMs: readonly number[] = [];

  constructor(show: ShowQuestion, clock: Clock) {
    this.#show = show;
    this.#clock = clock;
  }

  readonly ask: Ask = async (question, signal = NEVER_ABORTS) => {
    if (this.#isAsking) throw busy('Minos is asking you something already.', 'Answer the other window first.');
    if ((question.names?.items.length ?? 0) > MOST_NAMES) throw tooMany(question.names?.items.length ?? 0);
    const since = this.#clock.monotonic() - PATIENCE_MS;
    this.#refusedAtMs = this.#refusedAtMs.filter((at) => at > since);
    if (this.#refusedAtMs.length >= MOST_REFUSED) throw busy('You said no several times just now.', 'Wait a minute.');
    if (signal.aborted) throw cancelled();
    this.#isAsking = true;
    try {
      if (await this.#isConfirmed(question, signal)) return;
    } finally {
      this.#isAsking = false;
    }
    this.#refusedAtMs = [...this.#refusedAtMs, this.#clock.monotonic()];
    throw cancelled();
  };

  async #isConfirmed(question: ConfirmQuestion, signal: AbortSignal): Promise<boolean> {
    const { isConfirmed, typed } = await this.#show(question, signal);
    return isConfirmed && !signal.aborted && (question.typed === undefined || typed === question.typed);
  }
}

const cancelled = (): Failed => new Failed({ code: 'cancelled', message: 'You did not confirm it; nothing was done.' });

const busy = (message: string, hint: string): Failed => new Failed({ code: 'busy', message, hint, retry: 'safe' });

const tooMany = (count: number): Failed =>
  new Failed({
    code: 'too-large',
    message: `${count} names need your confirmation at once; nobody reads more than ${MOST_NAMES}.`,
    hint: `Change up to ${MOST_NAMES} at a time, or import them from a file.`,
  });
