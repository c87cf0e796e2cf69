import type { DeedPreview, DeedRecord, NodeSummary, PoolStatus } from '../../../../preload/contract/index.ts';
import type { ConfigDesk } from '../config/config-desk.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { ChangePath } from '../../../talos/methods.ts';
import type { Caller } from '../../clusters/caller.ts';
import type { CommandParams, Writable } from '../../commands/kit/definition.ts';
import type { Drains } from '../drain/drains.ts';
import type { DeedPlace } from '../../plans/deed-place.ts';
import type { Machine } from '../../plans/machine.ts';
import type { DeedPlan, SteppedDeed } from '../../plans/plan.ts';

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
  readonly signal: AbortSignal;
}

/** A plan, unless something forbids it, with what it was made from. */
export interface PlannedDeed {
  readonly plan?: DeedPlan;
  readonly preview: Omit<DeedPreview, 'head'>;
}

/** A kind of deed: what has to be said for it, how talosctl writes it, and how it is planned from how the machines are now. */
export interface DeedDefinition extends Omit<Writable, 'opens'> {
  /** One sentence: what it does. */
  readonly about: string;
  /** The action of the page that a line of talosctl leads to, and that begins it. Default: `deeds.plan`, which any menu offers too. */
  readonly beginsBy?: string;
  /** The call that decides who may do it. */
  readonly method: ChangePath;
  /** Plans it; nothing is done. `params` were checked. Throws Failed when the cluster cannot be dialled. */
  plan(params: CommandParams, tools: DeedTools): Promise<PlannedDeed>;
}
