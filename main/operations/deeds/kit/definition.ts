import type { DeedPreview, DeedRecord, NodeSummary, PoolStatus } from '../../../../preload/contract/index.ts';
import type { ConfigDesk } from '../config/config-desk.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { ChangePath } from '../../../talos/methods.ts';
import type { Caller } from '../../clusters/caller.ts';
import type { CommandParams, Writable } from '../../commands/kit/definition.ts';
import type { KnownSnapshots } from '../../etcd/known-snapshots.ts';
import type { SnapshotReader } from '../../etcd/snapshot-file/snapshot-reader.ts';
import type { Drains } from '../drain/drains.ts';
import type { DeedPlace } from '../../plans/deed-place.ts';
import type { MachineBefore } from '../../plans/journal.ts';
import type { Machine } from '../../plans/machine.ts';
import type { DeedPlan, SteppedDeed } from '../../plans/plan.ts';
import type { MachineIdentity } from '../power/machine-look.ts';

/** Snapshots of etcd on this computer. */
export interface SnapshotDesk extends Pick<KnownSnapshots, 'find' | 'isThere' | 'of'> {
  readonly inspect: SnapshotReader['inspect'];
}

/** What planning a deed works with. */
export interface DeedTools {
  readonly caller: () => Caller;
  readonly clock: Clock;
  readonly machines: readonly [Machine, ...Machine[]];
  /** Of the context. */
  readonly place: DeedPlace;
  /** Of the cluster, as discovery knows them. */
  readonly nodes: () => readonly NodeSummary[];
  readonly pool: () => PoolStatus;
  /** Epoch milliseconds; undefined for a context without a certificate. */
  readonly certificateEndsMs: number | undefined;
  readonly isProduction: boolean;
  /** What was done by this Minos, newest first. */
  readonly done: () => readonly DeedRecord[];
  /** Drains its machines; whoever asks for it closes it. */
  readonly drains: () => Drains;
  /** Of a deed that takes long: see {@link SteppedDeed}. */
  readonly whyWait: NonNullable<SteppedDeed['whyWait']>;
  readonly hold: NonNullable<SteppedDeed['hold']>;
  /** Of deeds on machine configs. */
  readonly configs: ConfigDesk;
  /** Of deeds that use a snapshot of etcd. */
  readonly snapshots: SnapshotDesk;
  readonly signal: AbortSignal;
}

/** What a look at a machine says of whether a deed was done there. */
export interface Evidence {
  /** The machine is as the deed leaves it, or is not; undefined where that cannot be seen. */
  readonly isDone?: boolean;
  /** What is another once the deed was done, such as the id of a process: a short text without a secret. */
  readonly trace?: string;
}

/** A plan, unless something forbids it, with what it was made from. */
export interface PlannedDeed {
  readonly plan?: DeedPlan;
  readonly preview: Omit<DeedPreview, 'head'>;
  /** Of the machines that answered, by node, and how each reads, for {@link LookUp}. */
  readonly seen?: ReadonlyMap<string, Evidence & { readonly words: string }>;
}

/** What came of a deed on one machine, with sentences that can be shown as they are. `goes-on`: nobody can say yet. */
export interface CameOf {
  readonly kind: 'done' | 'failed' | 'not-done' | 'unknown' | 'goes-on';
  readonly text: string;
}

/** What looking up works with. Nothing of it can change a machine. */
export interface LookUpTools {
  /** The cluster, as it is called now. */
  readonly caller: Caller;
  readonly node: string;
  readonly name: string;
  /** What the plan gave for it (`DeedPlan.before`). */
  readonly before: MachineBefore;
  /** As the journal kept them: without those that may be a secret. */
  readonly params: CommandParams;
  /** Which machine answers at its address now. */
  readonly identity: MachineIdentity;
  /** To read machine configs. */
  readonly configs: Pick<ConfigDesk, 'texts'>;
  /** Why another machine answers at its address, or one with another identity; undefined: it is the one of the plan. */
  readonly another: string | undefined;
  /** Ms since it may have been asked, at least. */
  readonly sinceMs: number;
  readonly signal: AbortSignal;
  /** Plans the same for this machine again. Throws Failed: where parameters were not kept, too. */
  readonly plan: () => Promise<PlannedDeed>;
}

/**
 * Looks once what came of a deed on a machine after Minos ended in the middle of it: reads alone, a few calls. `goes-on` is looked at
 * again for half an hour at most. Throws what calls throw; that is looked at again, too.
 */
export type LookUp = (tools: LookUpTools) => Promise<CameOf>;

/** A machine that cannot be read while it is looked up. */
export interface LookUpAway {
  /** Of the failure, such as `untrusted`, and its sentence. */
  readonly code: string;
  readonly words: string;
  /** Ms for which it was so at each look. */
  readonly forMs: number;
  readonly params: CommandParams;
}

/** A kind of deed: what has to be said for it, how talosctl writes it, and how it is planned from how the machines are now. */
export interface DeedDefinition extends Omit<Writable, 'opens'> {
  /** One sentence: what it does. */
  readonly about: string;
  /** The action of the page that a line of talosctl leads to, and that begins it. Default: `deeds.plan`, which any menu offers too. */
  readonly beginsBy?: string;
  /** Parameters of which one has to be said before it can be planned, whichever. */
  readonly needsOneOf?: readonly string[];
  /** The call that decides who may do it. */
  readonly method: ChangePath;
  /**
   * How it is looked up after a restart what came of it: `powerLookUp` for what starts machines anew, `lookUpByReading` for what its own
   * reading shows. It also takes `before` in the plan, which `planPower` and `planDeed` give. Without it: _perhaps done_, not looked up.
   */
  readonly lookUp?: LookUp;
  /** What a machine that cannot be read says all the same; undefined: it is looked at again. */
  readonly lookUpAway?: (away: LookUpAway) => CameOf | undefined;
  /** Plans it; nothing is done. `params` were checked. Throws Failed when the cluster cannot be dialled. */
  plan(params: CommandParams, tools: DeedTools): Promise<PlannedDeed>;
}
