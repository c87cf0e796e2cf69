import type {
  ConfirmQuestion,
  DeedChoice,
  DeedOffer,
  Failure,
  LastTime,
  WrittenFile,
} from '../../../preload/contract/index.ts';
import type { DrainForecast } from '../../kubernetes/drain/forecast.ts';
import type { MethodReply, MethodRequest } from '../../talos/method-types.ts';
import type { ChangePath } from '../../talos/methods.ts';
import type { Caller } from '../clusters/caller.ts';
import type { Lane } from './conduct.ts';
import type { DeedRun } from './deed-run.ts';
import type { DeedHead, MachineBefore } from './journal.ts';
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

/** A call of a deed, made once on a machine. A server stream is read to its end. */
export interface DeedCall<P extends ChangePath<'unary' | 'server'>> {
  readonly method: P;
  readonly request: MethodRequest<P>;
  /** `Infinity` for a stream that has no end of its own in time. */
  readonly deadlineMs: number;
  /** Called right before it is made. */
  onSending?(this: void): void;
  /**
   * Gets the answer, or every message of a stream as it comes; what it returns is told while the deed is under way. Throws
   * Failed when the answer says that it failed.
   */
  take?(this: void, answer: MethodReply<P>): string | undefined;
  /** A failure of it as it may be told, where the machine may quote a secret that was sent. Default: as it is. */
  explained?(this: void, failure: Failure): Promise<Failure>;
}

/** A call of a deed that sends a stream, made once on a machine. */
export interface DeedUpload<P extends ChangePath<'client'>> extends Pick<
  DeedCall<ChangePath<'unary'>>,
  'deadlineMs' | 'onSending' | 'explained'
> {
  readonly method: P;
  /** What is sent, as fast as the machine takes it; whoever wants to end it early throws there. */
  readonly messages: () => AsyncIterable<MethodRequest<P>>;
}

/** What can be called in a deed. */
export type AnyDeedCall =
  | { readonly [P in ChangePath<'unary' | 'server'>]: DeedCall<P> }[ChangePath<'unary' | 'server'>]
  | { readonly [P in ChangePath<'client'>]: DeedUpload<P> }[ChangePath<'client'>];

/** What work of a deed that is no call works with. */
export interface ActTools {
  /** Aborts when nobody waits for it any more. */
  readonly signal: AbortSignal;
  /** Tells how far it is, a sentence; only the newest is shown. */
  readonly tell: (text: string) => void;
  /** Pauses the deed until the user lets it go on, or ends it. */
  readonly pauses: (why: string) => Promise<'goOn' | 'stop'>;
  /** Lets the user choose what becomes of the machine; undefined when nobody did in time, or nobody waits any more. */
  readonly offers: (offer: DeedOffer) => Promise<DeedChoice | undefined>;
  /** A phase or a task of the machine begins, or ends: for its time line. */
  readonly mark: (kind: 'phase' | 'task', name: string, isEnd: boolean) => void;
}

/** Something that is asked of a machine: written down before, and made once. */
export interface CallAct {
  readonly kind: 'call';
  /** `Reboots`, as shown while it lasts. */
  readonly what: string;
  /** Undefined: it is not needed any more. Asked right before, once the facts were looked at. */
  readonly call: () => AnyDeedCall | undefined;
  /** False: it is passed over, and the facts are not looked at for it. Asked before them. Default: true. */
  readonly isNeeded?: () => boolean;
  /** It only prepares: when it fails, or its answer is lost, the machine is as it was and the deed failed there. */
  readonly prepares?: true;
  /** So long it takes, about, ms; default: moments. For a time line of what is to be expected, not a promise. */
  readonly expectMs?: number;
  /** When the answer is lost, the acts after it look up whether it was carried out. Without that the machine is told as _perhaps done_. */
  readonly isLookedUp?: true;
}

/** Something done around the calls: a check, a drain, watching a machine until it is back. Asks nothing of the machine that changes it. */
export interface WorkAct {
  readonly kind: 'work';
  /** `Waits until it is back`, as shown while it lasts; empty for what is not worth telling. */
  readonly what: string;
  /**
   * Resolves when it is done, with what is told at the end, if anything. Throws Failed when the deed cannot go on; with the code
   * `maybe-done` when it cannot say whether the call was carried out.
   */
  readonly run: (tools: ActTools) => Promise<string | undefined>;
  /** As {@link CallAct.expectMs}. */
  readonly expectMs?: number;
  /**
   * Done also when an act before it failed, and when nobody waits any more (the signal has aborted then): gives back what an act
   * before it took.
   */
  readonly isAlways?: true;
}

/** One thing done on one machine. */
export type DeedAct = CallAct | WorkAct;

interface DeedBase {
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
  /** On which machines, in this order: named by the user, never implied, never none. */
  readonly machines: readonly [Machine, ...Machine[]];
  /** How they are as it is planned, by node: for what its kind looks up after a restart (`DeedDefinition.lookUp`). Default: nothing. */
  readonly before?: ReadonlyMap<string, MachineBefore>;
  /** How long its parts took the last time, by node. Default: nothing is compared. */
  readonly last?: ReadonlyMap<string, LastTime>;
  /** Looked at before the user is asked, again before each machine, and before each of its later calls. */
  readonly facts: readonly Fact[];
  /** What the user must confirm, in the window that the page cannot reach. */
  readonly question: ConfirmQuestion;
  /** The cluster, as it is called now. Throws Failed when it went away. */
  readonly caller: () => Caller;
}

/** A deed that is one call, the same on every machine. */
export interface OneCallDeed extends DeedBase {
  readonly call: AnyDeedCall;
  /** Looks how a machine is once the call was answered; says it in a sentence. */
  readonly look?: (machine: Machine, signal: AbortSignal) => Promise<string>;
}

/** A deed that is several acts on each machine. */
export interface SteppedDeed extends DeedBase {
  /** What is done on a machine, in this order, made when its turn comes. One that fails ends it there. */
  readonly acts: (machine: Machine) => readonly DeedAct[];
  /** What draining each machine would do, by its node, as it was forecast; missing where nothing is drained. */
  readonly leaving?: ReadonlyMap<string, DrainForecast>;
  /** Its machines, as they follow each other. Default: one after another. */
  readonly lanes?: readonly Lane[];
  /** Why no further machine can be begun at the moment, a sentence: the deed pauses then. */
  readonly whyWait?: () => string | undefined;
  /**
   * Takes a hold on the cluster once it is confirmed, and pauses it when something happens to that; returns how to let go. Throws
   * Failed when the cluster went away.
   */
  readonly hold?: (run: Pick<DeedRun, 'pause'>) => () => void;
}

/** A deed on machines of a cluster. There is no undo. */
export type DeedPlan = OneCallDeed | SteppedDeed;

/** What can be applied. */
export type Plan = FilePlan | DeedPlan;

/** What a plan would do, a sentence each. */
export const effectsOf = (plan: Plan): readonly string[] =>
  plan.kind === 'deed' ? plan.effects : [...new Set(plan.steps.map(({ what }) => what))];
