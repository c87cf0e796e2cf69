import type { ConfigDiffLine } from '../machine-configs/machine-configs.ts';
import type { PlanHead } from '../plans/plans.ts';
import type { CommandParam } from '../work/commands.ts';

/** What can be done to a service of a machine. */
export const SERVICE_ACTIONS = ['start', 'stop', 'restart'] as const;

/** One of {@link SERVICE_ACTIONS}. */
export type ServiceAction = (typeof SERVICE_ACTIONS)[number];

/** Most machines of one deed. */
export const MOST_DEED_MACHINES = 200;

/** How something of a machine changes, line by line. */
export interface PlannedChange {
  /** Without secrets: the same placeholder on both sides is the same secret. */
  readonly lines: readonly ConfigDiffLine[];
  /** What the machine says of it when it is asked, without secrets; missing where it says nothing. */
  readonly said?: string;
}

/** A machine that a deed is planned for, as it was read just now. */
export interface PlannedMachine {
  readonly node: string;
  readonly name: string;
  /** How it is: `kubelet is Running, healthy`. Unseen signs are not written out yet. */
  readonly now?: string;
  /** Why the deed cannot be done on it, or would change nothing. */
  readonly refused?: string;
  readonly change?: PlannedChange;
}

/** What the page knows of a deed before it is planned. */
export interface DeedSummary {
  readonly id: string;
  /** `Remove an image`. */
  readonly title: string;
  /** One sentence: what it does. */
  readonly about: string;
  readonly params: readonly CommandParam[];
  /** Ids of parameters of which one has to be said, whichever. */
  readonly needsOneOf?: readonly string[];
  /** It is begun elsewhere, where what it needs is chosen: no menu offers it by itself. */
  readonly isBegunElsewhere?: true;
  /** Its plans can be rehearsed: topic `deeds.rehearsal`. */
  readonly isRehearsed?: true;
}

/** Something whose content a deed takes away for good. Texts of a machine; unseen signs are not written out yet. */
export interface LostThing {
  /** The machine it is on, as it is reached. */
  readonly node: string;
  /** `/dev/sdb1`, `data/pg` of a volume group. */
  readonly name: string;
  /** How deep it lies in what stands above it: 0 for a disk. */
  readonly depth: number;
  /** Bytes; missing where the machine does not tell. */
  readonly size?: number;
  /** What it is and what is on it: `xfs “EPHEMERAL”, mounted on /var`. */
  readonly what: string;
}

/** A deed as it would be done. Nothing is done yet. */
export interface DeedPreview {
  /** `Restart kubelet on 2 nodes`. */
  readonly deed: string;
  /** In the order in which it would be done, one after another. */
  readonly machines: readonly PlannedMachine[];
  /** What is gone afterwards, machine by machine, each thing before what lies in it; missing where nothing is. */
  readonly loses?: readonly LostThing[];
  /** Why nothing can be done, on whichever machine. */
  readonly refused?: string;
  /** The same as a talosctl command line. */
  readonly talosctl: string;
  /** When the machines were read; epoch milliseconds. */
  readonly atMs: number;
  /** To apply it by `plans.apply`; missing while it is refused, or any machine is. */
  readonly head?: PlanHead;
  /** To save it as a file by `deeds.savePlan`; missing while a machine is refused, and where `notSaved` says why it never is, a sentence. */
  readonly saved?: string;
  readonly notSaved?: string;
  /** Of the plan of a file: what is another way now than when it was made, a sentence each. */
  readonly differs?: readonly string[];
}

/**
 * How far a deed is on one machine. `preparing`: nothing was asked of it yet; `tracking`: it was asked, and is watched until it is over. `left`: it was not asked, or was looked up and found as it
 * was before. `maybe`: the answer was lost, so it may have been done; it is never asked again by itself.
 */
export type DeedStage = 'waiting' | 'preparing' | 'asked' | 'tracking' | 'done' | 'failed' | 'maybe' | 'left';

/** One machine of a deed. */
export interface DeedStep {
  readonly node: string;
  readonly name: string;
  readonly stage: DeedStage;
  /** When it came to this stage; epoch milliseconds. */
  readonly atMs: number;
  /** What came of it, a sentence or two. */
  readonly text?: string;
  /** Nobody saw what came of it. `wanted`: it can be looked up; `done`: it was, and `text` says what was found. */
  readonly lookUp?: 'wanted' | 'done';
  /** How the looking up stands, a sentence, while it lasts; that is not kept. */
  readonly looking?: string;
  /** The command line that gives back what the deed took and left: `kubectl uncordon worker-1`. */
  readonly giveBack?: string;
}

/** A deed as the journal has it. */
export interface DeedRecord {
  readonly id: string;
  /** When it was confirmed; epoch milliseconds. */
  readonly atMs: number;
  readonly deed: string;
  /** The context, as the file named it, and that file. */
  readonly context: string;
  readonly file: string;
  /** SHA-256 of the client certificate by which it was done, hexadecimal; missing for a context without one. */
  readonly certificate?: string;
  readonly talosctl: string;
  /** The kind of deed, by which it can be planned anew for some of its machines; missing where that was not kept. */
  readonly kind?: string;
  /** Which cluster it was done to, whatever its contexts are called: its authorities as `caFingerprints`, a space between; missing where that was not kept. */
  readonly cluster?: string;
  readonly steps: readonly DeedStep[];
  /** Nothing is asked any more. */
  readonly isOver: boolean;
}

/** Machines of a deed of which nobody saw what came. */
export const unseenSteps = ({ steps, isOver }: DeedRecord): readonly DeedStep[] =>
  isOver ? steps.filter(({ lookUp }) => lookUp === 'wanted') : [];

/**
 * Machines of a deed where it was certainly not done. What may have been is looked up first; what failed may have been done, and then not
 * have gone well.
 */
export const undoneSteps = ({ steps, isOver }: DeedRecord): readonly DeedStep[] =>
  isOver ? steps.filter(({ stage, lookUp }) => stage === 'left' && lookUp !== 'wanted') : [];

/** The machines of a deed where it was not done, as something to be planned; the input of `deeds.plan`. */
export interface DeedRest {
  /** The context that leads to its cluster now. */
  readonly context: string;
  readonly nodes: readonly string[];
  readonly deed: string;
  /** Without those that may be a secret. */
  readonly params: Readonly<Record<string, string | boolean>>;
}

/** For how many days deeds can be kept. */
export const KEEP_DAYS = [30, 90, 400] as const;

/** One of {@link KEEP_DAYS}. */
export type KeepDays = (typeof KEEP_DAYS)[number];

/** For how many days, unless somebody says otherwise. */
export const KEEP_DAYS_FIRST: KeepDays = 400;

/** How deeds are saved: a deed a line as JSON, or a machine of a deed a line. */
export const DEED_FORMATS = ['ndjson', 'csv'] as const;

/** What was done to clusters, by this Minos. */
export interface DeedsState {
  /** Newest first; missing until they were read. */
  readonly deeds?: readonly DeedRecord[];
  /** Why the journal cannot be read or written, a sentence; then no deed is done. */
  readonly problem?: string;
  /** For how many days they are kept; missing until they were read. */
  readonly keepDays?: KeepDays;
}
