/** Something that began on a machine during a deed, and ended if it did: an act of the deed, or a phase or task of the machine. */
export interface DeedMark {
  readonly kind: 'act' | 'phase' | 'task';
  readonly name: string;
  /** Epoch milliseconds, by this computer's clock: when it was heard of. */
  readonly fromMs: number;
  readonly toMs?: number;
}

/** How long an act of a deed, or a phase of the machine, took. */
export interface DeedSpan {
  readonly kind: 'act' | 'phase';
  readonly name: string;
  readonly ms: number;
}

/** How long the parts of a deed of the same kind took the last time that it was done. */
export interface LastTime {
  /** When that deed was confirmed; epoch milliseconds. */
  readonly atMs: number;
  /** On which machine, where it was another one of the same role. */
  readonly name?: string;
  /** In their order; those of one name in the order in which they came. */
  readonly spans: readonly DeedSpan[];
}

/** What a user may choose for a machine: that what is tried there stays, or goes at once. */
export type DeedChoice = 'keep' | 'takeBack';

/** Something is tried on a machine, and goes by itself. */
export interface DeedOffer {
  readonly choices: readonly DeedChoice[];
  /** Epoch milliseconds: until then it can be chosen. */
  readonly untilMs: number;
  /** Epoch milliseconds: when it goes by itself. */
  readonly endsMs: number;
}

/** A machine of a deed that is under way. What the journal says of it stands in `DeedStep`. */
export interface MachineProgress {
  readonly node: string;
  /** `skipped`: the user left it out while the deed was under way. */
  readonly state: 'waiting' | 'doing' | 'over' | 'skipped';
  /** The newest that is known of it, a sentence or two. Unseen signs are not written out yet. */
  readonly told?: string;
  /** The user may choose what becomes of it. */
  readonly offer?: DeedOffer;
  /** In the order in which they began; at most 200. */
  readonly marks: readonly DeedMark[];
  /** While it is being done: to compare it with; missing where it was never done before. */
  readonly last?: LastTime;
}

/** A deed that is under way. */
export interface DeedProgress {
  /** Of the deed in the journal. */
  readonly id: string;
  readonly deed: string;
  /** No further machine is begun until somebody lets it go on. */
  readonly isPaused: boolean;
  /** Why it paused by itself, a sentence. */
  readonly why?: string;
  /** No further machine is begun at all; what is under way ends. */
  readonly isStopping: boolean;
  readonly machines: readonly MachineProgress[];
}

/** Deeds that are under way, oldest first. */
export interface DeedsUnderWay {
  readonly deeds: readonly DeedProgress[];
}

/**
 * What can be asked of a deed that is under way. `stop`: no further machine is begun. `skip`: one that waits is left out. `leave`: stops,
 * and does not wait for what is under way either; that goes on, and nobody watches it. `keep` and `takeBack`: what was chosen for a machine.
 */
export const DEED_ORDERS = ['pause', 'resume', 'stop', 'skip', 'leave', 'keep', 'takeBack'] as const;

/** One of {@link DEED_ORDERS}. */
export type DeedOrder = (typeof DEED_ORDERS)[number];
