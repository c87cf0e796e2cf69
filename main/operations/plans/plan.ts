import type { WrittenFile, ConfirmQuestion } from '../../../preload/contract/index.ts';
import type { MethodRequest } from '../../talos/method-types.ts';
import type { ChangePath } from '../../talos/methods.ts';
import type { Caller } from '../clusters/caller.ts';
import type { DeedHead } from './journal.ts';
import type { Machine } from './machine.ts';
import type { UndoableFiles } from './undo.ts';

/** The version of a file that a step was made on. */
export interface FileBasis {
  readonly path: string;
  /**
   * SHA-256 of its bytes, `missing` for a file that is not there. Undefined: the step names what it changes (one context),
   * and holds for whatever version the file has; only for plans that are made and applied in one go.
   */
  readonly sha256: string | undefined;
}

/** A file step that was looked at again: what would be written now. */
export interface ReadyStep {
  /** What the user must confirm first, in the window that the page cannot reach. */
  readonly questions: readonly ConfirmQuestion[];
  /** Writes, only onto the version that was looked at. Throws Failed; the file is then unchanged. */
  readonly write: (signal: AbortSignal) => Promise<WrittenFile>;
}

/** One file of a plan. */
export interface FileStep {
  /** Undefined: a new file, whose place the user says when it is written. */
  readonly basis: FileBasis | undefined;
  /** One sentence in the past tense, as it will stand in the history. */
  readonly what: string;
  /**
   * Looks again. `now`: the bytes of its file, which still is what `basis` says; undefined for one that is not there.
   * Answers undefined when nothing has to change. Throws Failed when it cannot or may not be written.
   */
  readonly ready: (now: Uint8Array | undefined) => Promise<ReadyStep | undefined>;
}

/** What writes files on this computer. */
export interface FilePlan {
  readonly kind: 'files';
  readonly risk: 'undoable' | 'final';
  readonly steps: readonly FileStep[];
  /** What puts its files back; missing for what is `final`. */
  readonly undoneBy?: UndoableFiles;
  /** Runs when the plan was applied, and when that failed. Never rejects. */
  readonly afterwards?: () => Promise<void>;
}

/** A fact about a cluster that a deed is based on. */
export interface Fact {
  /** One sentence that says what should be so: `Etcd has three healthy members.` */
  readonly what: string;
  /** The machine it is about, if it is about one: not looked at any more once that was asked. */
  readonly machine?: string;
  /** Looks again whether it is so. Rejects when nobody can say. */
  readonly holds: (signal: AbortSignal) => Promise<boolean>;
}

/** The call of a deed, the same on every machine. */
export interface DeedCall<P extends ChangePath<'unary'>> {
  readonly method: P;
  readonly request: MethodRequest<P>;
  readonly deadlineMs: number;
}

/** A deed on machines of a cluster. There is no undo. */
export interface DeedPlan {
  readonly kind: 'deed';
  readonly risk: 'interrupts' | 'destroys';
  /** One sentence in the past tense. */
  readonly what: string;
  /** What the journal keeps of it. */
  readonly head: DeedHead;
  /** Which cluster it is, whatever its contexts are called: one deed at a time is done on it. */
  readonly cluster: string;
  /** What it does to the machines and to what runs there, a sentence each. */
  readonly effects: readonly string[];
  /** On which machines, in this order, one after another: named by the user, never implied, never none. */
  readonly machines: readonly [Machine, ...Machine[]];
  /** Looked at before the user is asked, and again before each machine. */
  readonly facts: readonly Fact[];
  /** What the user must confirm, in the window that the page cannot reach. */
  readonly question: ConfirmQuestion;
  readonly call: { readonly [P in ChangePath<'unary'>]: DeedCall<P> }[ChangePath<'unary'>];
  /** The cluster, as it is called now. Throws Failed when it went away. */
  readonly caller: () => Caller;
  /** Looks how a machine is once the call was answered; says it in a sentence. */
  readonly look?: (machine: Machine, signal: AbortSignal) => Promise<string>;
}

/** What can be applied. */
export type Plan = FilePlan | DeedPlan;

/** What a plan would do, a sentence each. */
export const effectsOf = (plan: Plan): readonly string[] =>
  plan.kind === 'deed' ? plan.effects : [...new Set(plan.steps.map(({ what }) => what))];
