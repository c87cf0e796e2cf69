import type { DeedSpan } from '../../../preload/contract/index.ts';
import type { Machine } from './machine.ts';

/**
 * How a machine was when a deed was planned for it: by this it is looked up after a restart what came of it. Kept in the journal, so
 * short texts without a secret.
 */
export interface MachineBefore {
  /** Which machine it is, see `MachineIdentity`. */
  readonly uuid?: string;
  readonly nodeId?: string;
  /** In which boot it was: by its id, or by its time in seconds where the role may not read that. */
  readonly bootId?: string;
  readonly bootAtS?: number;
  /** `v1.13.9`, and the version it is to come back with, where that is another one. */
  readonly version?: string;
  readonly versionAfter?: string;
  /** How the version is judged that it comes back with, see `VersionRule`. */
  readonly versionRule?: 'late' | 'another';
  /** So long after it was asked it may still begin, or be under way without a trace. Default: a minute. */
  readonly settlesMs?: number;
  /** What is another once the deed was done, such as the id of a process. */
  readonly trace?: string;
  /** How it read, as the plan showed it. */
  readonly saw?: string;
}

/** What is looked up after a restart, and by what. */
export interface DeedTrace {
  /** Id of the kind of deed. */
  readonly kind: string;
  /** Without those that may be a secret. */
  readonly params: Readonly<Record<string, string | boolean>>;
  /** See `DeedPlace`: whatever its contexts are called. */
  readonly cluster: string;
  /** By node, as far as the plan says it. */
  readonly machines: Readonly<Record<string, MachineBefore>>;
}

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
  /** Missing: it cannot be looked up after a restart, and is told as perhaps done. */
  readonly trace?: DeedTrace;
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
  /** Notes how long it took on a machine where it was done, to be compared with the next time. Never rejects. */
  took(machine: Machine, spans: readonly DeedSpan[]): Promise<void>;
  /** Notes that no machine is asked any more. Never rejects. */
  over(): Promise<void>;
}

/** Where deeds are written down, before they are done. */
export interface Journal {
  /** Begins a deed. Throws Failed when it cannot be kept on the disk: no journal, no deed. */
  begin(head: DeedHead, machines: readonly Machine[]): Promise<DeedEntry>;
}
