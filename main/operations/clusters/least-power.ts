import type { CertificateFacts, Failure, PowerState } from '../../../preload/contract/index.ts';
import type { Identity } from '../../credentials/identity.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';
import { Value, type Observable } from '../../lib/observable.ts';

/** What reads go by while least power is on; in memory alone. */
export interface ReaderCredentials {
  readonly identity: Identity;
  readonly certificate: CertificateFacts;
  /** When it ends by the clock of this computer, epoch milliseconds: machines count its life by theirs. */
  readonly endsMs: number;
}

/** What a {@link LeastPower} works with. */
export interface LeastPowerOptions {
  readonly clock: Clock;
  /** Asks the cluster for a short certificate of os:reader, by that of the file. Throws what calls throw. */
  readonly issue: (signal: AbortSignal) => Promise<ReaderCredentials>;
  readonly explain: (error: unknown) => Failure;
  /**
   * Reads go by something else from now on: `renewed` for another certificate of the same role. Resolves when nothing that reads goes by
   * what it was before.
   */
  readonly onSwitched: (kind: 'renewed' | 'power') => Promise<void>;
}

/** Of its life; then it is made anew. */
const RENEWED_AFTER = 0.75;
const RETRY_MS = 60_000;
/** Calls wait no longer for the first one: a cluster whose control planes are down has to be seen, too. */
const MAKING_MS = 15_000;
/** How long reads go by the certificate of the file when the user lifts it. */
const LIFTED_MS = 5 * 60_000;

/**
 * Lets one cluster be read by a short certificate of os:reader, which it is asked for when the first call is made, anew before it ends,
 * and again when the credentials of the context are others. Without one, reads go by the file's, and the state says so.
 */
export class LeastPower {
  readonly #options: LeastPowerOptions;
  readonly #state = new Value<PowerState>({ mode: 'off' });
  #isOn = false;
  /** Whether it is to be on is not known: reads go by the certificate of the file, and the state says so. */
  #isUnknown = false;
  #reader: ReaderCredentials | undefined;
  #liftedUntilMs: number | undefined;
  #failure: Failure | undefined;
  /** The first making, for which calls wait. */
  #making: Promise<void> | undefined;
  #ending = new AbortController();
  #cancelTimer: (() => void) | undefined;
  #cancelLift: (() => void) | undefined;
  /** Deeds that are under way: none of them changes its certificate in the middle. */
  #deeds = 0;
  /** Its time is over, and a deed goes on. */
  #isLiftOver = false;
  /** Counts what reads go by. */
  #switches = 0;
  #isSettled = true;

  constructor(options: LeastPowerOptions) {
    this.#options = options;
  }

  get state(): Observable<PowerState> {
    return this.#state;
  }

  /** What reads go by; undefined: by the certificate of the file. */
  get reader(): ReaderCredentials | undefined {
    return this.#liftedUntilMs === undefined ? this.#reader : undefined;
  }

  /** Also while it is lifted, and while there is no certificate of os:reader. */
  get isOn(): boolean {
    return this.#isOn;
  }

  /** What a call waits for before it is made; undefined: nothing. Never rejects. */
  get ready(): Promise<void> | undefined {
    if (!this.#isOn) return undefined;
    this.#lookAtClock();
    if (this.#reader !== undefined || this.#failure !== undefined) return undefined;
    if (this.#liftedUntilMs !== undefined) return undefined;
    return (this.#making ??= this.#make());
  }

  /** Switches it on or off; undefined: nobody knows which of them is wished, and it is off. */
  set(wish: boolean | undefined): void {
    const isOn = wish === true;
    const isUnknown = wish === undefined;
    if (isOn === this.#isOn && isUnknown === this.#isUnknown) return;
    const isSame = isOn === this.#isOn;
    this.#isOn = isOn;
    this.#isUnknown = isUnknown;
    if (isSame) return this.#tell();
    const had = this.reader !== undefined;
    this.#forget();
    if (had) this.#switched('power');
    else this.#tell();
  }

  /** The credentials of the context are others: what was made by the ones before is not used any more. The caller dials anew. */
  anew(): void {
    if (!this.#isOn) return;
    this.#forget();
    this.#tell();
  }

  /** Reads go by the certificate of the file for five minutes. Throws Failed `precondition` where least power is off. */
  lift(): void {
    if (!this.#isOn) throw new Failed({ code: 'precondition', message: 'Least power is off for this context.' });
    const had = this.reader !== undefined;
    this.#liftedUntilMs = this.#options.clock.now() + LIFTED_MS;
    this.#isLiftOver = false;
    this.#cancelLift?.();
    this.#cancelLift = this.#options.clock.after(LIFTED_MS, () => {
      this.#isLiftOver = true;
      this.#mayEndLift();
    });
    if (had) this.#switched('power');
    else this.#tell();
  }

  /** A confirmed deed is under way: while it is lifted it stays so. The returned function says that it is over. */
  holds(): () => void {
    this.#deeds += 1;
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#deeds -= 1;
      this.#mayEndLift();
    };
  }

  /** The computer may have slept: timers do not run then, and the time of certificates does. */
  #lookAtClock(): void {
    const now = this.#options.clock.now();
    if (this.#liftedUntilMs !== undefined && !this.#isLiftOver && this.#liftedUntilMs <= now) {
      this.#cancelLift?.();
      this.#isLiftOver = true;
      this.#mayEndLift();
    }
    if (this.#reader === undefined || this.#reader.endsMs > now) return;
    const had = this.reader !== undefined;
    this.#cancelTimer?.();
    this.#reader = undefined;
    if (had) this.#switched('power');
  }

  #mayEndLift(): void {
    if (!this.#isLiftOver || this.#liftedUntilMs === undefined) return;
    if (this.#deeds === 0) {
      this.#liftedUntilMs = undefined;
      if (this.#reader !== undefined) return this.#switched('power');
    }
    this.#tell();
  }

  /** The cluster is closed. */
  end(): void {
    this.#isOn = false;
    this.#isUnknown = false;
    this.#forget();
  }

  #forget(): void {
    this.#ending.abort();
    this.#ending = new AbortController();
    this.#cancelTimer?.();
    this.#cancelLift?.();
    this.#making = undefined;
    this.#reader = undefined;
    this.#failure = undefined;
    this.#liftedUntilMs = undefined;
    this.#isLiftOver = false;
  }

  async #make(): Promise<void> {
    const { clock, issue, explain } = this.#options;
    const { signal } = this.#ending;
    const late = new AbortController();
    const cancelLate = clock.after(MAKING_MS, () => late.abort());
    this.#tell('making');
    try {
      const reader = await issue(AbortSignal.any([signal, late.signal]));
      if (!signal.aborted) this.#take(reader);
    } catch (error) {
      if (!signal.aborted) {
        this.#making = undefined;
        this.#failed(late.signal.aborted ? tooLong().failure : explain(error));
        this.#tell();
      }
    } finally {
      cancelLate();
    }
    // The credentials are others meanwhile: who waited waits for what they bring, and does not go by those of the file.
    if (signal.aborted) await this.ready;
  }

  #take(reader: ReaderCredentials): void {
    const { clock } = this.#options;
    const kind = this.#reader === undefined ? 'power' : 'renewed';
    this.#reader = reader;
    this.#failure = undefined;
    this.#making = undefined;
    this.#after(RENEWED_AFTER * (reader.endsMs - clock.now()), () => this.#again());
    if (this.#liftedUntilMs === undefined) this.#switched(kind);
  }

  /** Asks once more: nobody waits for it. One that has ended is not used any more. */
  async #again(): Promise<void> {
    const { clock, issue, explain } = this.#options;
    const { signal } = this.#ending;
    try {
      const reader = await issue(signal);
      if (!signal.aborted) this.#take(reader);
    } catch (error) {
      if (signal.aborted) return;
      this.#after(RETRY_MS, () => this.#again());
      const endsMs = this.#reader?.endsMs ?? 0;
      // Before the next try it would have ended.
      if (clock.now() + RETRY_MS < endsMs) return;
      const had = this.reader !== undefined;
      this.#reader = undefined;
      this.#failed(explain(error));
      if (had) this.#switched('power');
      else this.#tell();
    }
  }

  /** A role that is too low is so until the credentials are others. */
  #failed(failure: Failure): void {
    this.#failure = failure;
    if (failure.code === 'denied') this.#cancelTimer?.();
    else this.#after(RETRY_MS, () => this.#again());
  }

  #after(ms: number, run: () => Promise<void>): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.#options.clock.after(Math.max(0, ms), () => void run());
  }

  #switched(kind: 'renewed' | 'power'): void {
    this.#switches += 1;
    const mine = this.#switches;
    // Another certificate of the same role: whatever goes by the one before reads, too.
    const wasSettled = this.#isSettled;
    this.#isSettled = kind === 'renewed' && wasSettled;
    void this.#options.onSwitched(kind).then(() => {
      if (mine !== this.#switches) return;
      this.#isSettled = true;
      this.#tell();
    });
    this.#tell();
  }

  #tell(mode: PowerState['mode'] = this.#mode): void {
    const liftedMs = this.#isLiftOver ? undefined : this.#liftedUntilMs;
    const untilMs = mode === 'lifted' ? liftedMs : this.reader?.endsMs;
    this.#state.set({
      mode,
      ...(untilMs !== undefined && { untilMs }),
      ...(mode === 'failed' && this.#failure && { failure: this.#failure }),
    });
  }

  get #mode(): PowerState['mode'] {
    if (!this.#isOn) return this.#isUnknown ? 'unknown' : 'off';
    if (this.#liftedUntilMs !== undefined) return 'lifted';
    if (this.#reader !== undefined) return this.#isSettled ? 'reader' : 'switching';
    return this.#failure === undefined ? 'making' : 'failed';
  }
}

const tooLong = (): Failed =>
  new Failed({ code: 'timeout', message: `No machine made a certificate of os:reader within ${MAKING_MS / 1000} s.` });
