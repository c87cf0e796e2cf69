import type { Machine } from './machine.ts';

/** What stands in the journal of a deed before anything is asked. Facts only, never key material. */
export interface DeedHead {
  /** `Restart kubelet on 2 nodes`. */
  readonly deed: string;
  /** The context as its file names it, and that file. */
  readonly context: string;
  readonly file: string;
  /** SHA-256 of the client certificate, hexadecimal; undefined for a context without one. */
  readonly certificate: string | undefined;
  readonly talosctl: string;
}

/** How a deed ended on one machine. */
export interface DeedOutcome {
  readonly stage: 'done' | 'failed' | 'maybe' | 'left';
  readonly text?: string;
}

/** One deed in the journal. */
export interface DeedEntry {
  readonly id: string;
  /** Notes that work on a machine begins that asks nothing of it yet. Never rejects. */
  prepares(machine: Machine): Promise<void>;
  /**
   * Notes that a machine is asked now, and for what where a deed has several calls. Throws Failed when that cannot be kept on
   * the disk; then it must not be asked.
   */
  asked(machine: Machine, what?: string): Promise<void>;
  /** Notes that it answered, or that its answer is looked up; it is watched from now on. Never rejects. */
  tracks(machine: Machine, what: string): Promise<void>;
  /** Notes what came of it. Never rejects: the deed is done, whatever the disk says. */
  ended(machine: Machine, outcome: DeedOutcome): Promise<void>;
  /** Notes that no machine is asked any more. Never rejects. */
  over(): Promise<void>;
}

/** Where deeds are written down, before they are done. */
export interface Journal {
  /** Begins a deed. Throws Failed when it cannot be kept on the disk: no journal, no deed. */
  begin(head: DeedHead, machines: readonly Machine[]): Promise<DeedEntry>;
}
