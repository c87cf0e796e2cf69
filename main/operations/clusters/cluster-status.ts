import type { PoolStatus } from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import { Value, type Observable } from '../../lib/observable.ts';
import type { PoolChange } from '../../pool/pool.ts';

/** How old the counted and measured numbers of a status may be. States are never old. */
const NUMBERS_SHOWN_EVERY_MS = 100;

/** The endpoints of one cluster as they are now; those who listen are told of states at once and of numbers now and then. */
export class ClusterStatus implements Observable<PoolStatus> {
  readonly #read: () => PoolStatus;
  readonly #clock: Clock;
  readonly #told = new Value<undefined>(undefined);
  #cancelTelling: (() => void) | undefined;

  constructor(read: () => PoolStatus, clock: Clock) {
    this.#read = read;
    this.#clock = clock;
  }

  get current(): PoolStatus {
    return this.#read();
  }

  subscribe(listener: (status: PoolStatus) => void): () => void {
    const stop = this.#told.subscribe(() => listener(this.#read()));
    return () => {
      stop();
      if (this.#told.listenerCount === 0) this.#cancel();
    };
  }

  /** Numbers change twice with every call, and a run makes a thousand of them at once. */
  changed(what: PoolChange): void {
    if (this.#told.listenerCount === 0) return;
    if (what === 'state') this.#tell();
    else this.#cancelTelling ??= this.#clock.after(NUMBERS_SHOWN_EVERY_MS, () => this.#tell());
  }

  #tell(): void {
    this.#cancel();
    this.#told.set(undefined);
  }

  #cancel(): void {
    this.#cancelTelling?.();
    this.#cancelTelling = undefined;
  }
}
