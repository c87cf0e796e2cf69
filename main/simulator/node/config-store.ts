import type { Clock } from '../../lib/clock.ts';

/** When a config that is applied takes effect. */
export type AppliedAs = 'AUTO' | 'NO_REBOOT' | 'STAGED' | 'TRY';

/** The machine configs of a node: the one it runs with and the one on its disk. Null: the one that follows from the cluster. */
export class ConfigStore {
  readonly #clock: Clock;
  readonly #onChange: () => void;
  #active: string | null = null;
  #persistent: string | null = null;
  #cancelTry: (() => void) | undefined;

  constructor(clock: Clock, onChange: () => void) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** What it runs with, to the byte. */
  get active(): string | null {
    return this.#active;
  }

  /** What it starts with the next time, to the byte. */
  get persistent(): string | null {
    return this.#persistent;
  }

  /** Gives it this one, running and on the disk. */
  set(text: string | null): void {
    this.#endTry();
    this.#active = text;
    this.#persistent = text;
    this.#onChange();
  }

  /** As `ApplyConfiguration` does it: a try ends by itself after `tryMs`, or with the next config that is none. */
  apply(text: string, mode: AppliedAs, tryMs: number): void {
    this.#endTry();
    if (mode === 'STAGED') this.#persistent = text;
    else if (mode === 'TRY') this.#try(text, tryMs);
    else {
      this.#active = text;
      this.#persistent = text;
    }
    this.#onChange();
  }

  /** The machine starts anew: what is on the disk is what runs. */
  boot(): void {
    this.#endTry();
    if (this.#active === this.#persistent) return;
    this.#active = this.#persistent;
    this.#onChange();
  }

  #try(text: string, tryMs: number): void {
    this.#active = text;
    this.#cancelTry = this.#clock.after(tryMs, () => {
      this.#active = this.#persistent;
      this.#onChange();
    });
  }

  #endTry(): void {
    this.#cancelTry?.();
    this.#cancelTry = undefined;
  }
}
