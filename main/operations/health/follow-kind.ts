import type { Clock } from '../../lib/clock.ts';
import { backoffMs } from '../../lib/backoff.ts';
import { Failed } from '../../lib/failed.ts';
import { pause } from '../../lib/pause.ts';
import type { MethodReply } from '../../talos/method-types.ts';
import { callEnd } from '../clusters/call-end.ts';
import type { Caller } from '../clusters/caller.ts';
import { afterBreak } from '../work/watch/may-come-back.ts';

type Event = MethodReply<'/cosi.resource.State/Watch'>['event'][number];

/** Where resources of one kind lie. */
export interface ResourceKind {
  readonly namespace: string;
  readonly type: string;
}

/** One resource as a node has it. */
export interface FollowedResource {
  readonly id: string;
  /** Every scalar as its text; undefined when it cannot be read. */
  readonly spec: unknown;
  /** When the node made it, by its own clock; NaN when it does not say. */
  readonly createdAtMs: number;
  /** When it was changed last, likewise. */
  readonly updatedAtMs: number;
}

/** What {@link followKind} follows, and who is told. */
export interface FollowOptions {
  /** Throws Failed when the cluster cannot be called. */
  readonly connection: () => Caller;
  readonly node: string;
  readonly kind: ResourceKind;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
  /** All there are now, whenever that changes. */
  readonly onResources: (resources: readonly FollowedResource[]) => void;
  /** The node sent something. */
  readonly onHeard: () => void;
  /** It broke, and is begun again. */
  readonly onBroken: (error: unknown) => void;
}

const RETRY = { firstMs: 500, factor: 2, jitter: 0.2, ceilingMs: 5_000 };
/** More of one of these kinds than a node has. */
const MOST_RESOURCES = 500;

/**
 * The resources of one kind on one node, for as long as the signal stands: read anew whenever the way to them breaks. Ends early only
 * when the node says that it has no such kind, or that it may not be read.
 */
export async function followKind(options: FollowOptions): Promise<void> {
  const { clock, random, signal } = options;
  let failures = 0;
  while (!signal.aborted) {
    const begunMs = clock.monotonic();
    try {
      await readOnce(options);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Failed) || callEnd(error) !== 'none') options.onBroken(error);
      if (afterBreak(error) === 'over' && callEnd(error) === 'verdict') return;
    }
    failures = clock.monotonic() - begunMs > RETRY.ceilingMs ? 1 : failures + 1;
    await pause(clock, backoffMs(failures, random(), RETRY), signal);
  }
}

async function readOnce({ connection, node, kind, signal, onResources, onHeard }: FollowOptions): Promise<void> {
  const caller = connection();
  const reading = caller.texts.reading(signal);
  const resources = new Map<string, FollowedResource>();
  let isComplete = false;
  const request = { ...kind, options: { bootstrap_contents: true }, api_version: 1 };
  const messages = caller.serverStream('/cosi.resource.State/Watch', request, { node, deadlineMs: Infinity, signal });
  for await (const { event: events } of messages) {
    onHeard();
    let hasChanged = false;
    for (const event of events) {
      if (event.event_type === 'ERRORED') throw new Failed({ code: 'precondition', message: 'The watch broke off.' });
      if (event.event_type === 'BOOTSTRAPPED') isComplete = true;
      hasChanged = (await take(event)) || event.event_type === 'BOOTSTRAPPED' || hasChanged;
    }
    if (signal.aborted) return;
    if (hasChanged && isComplete) onResources([...resources.values()]);
  }

  async function take({ event_type: type, resource }: Event): Promise<boolean> {
    const id = resource?.metadata?.id ?? '';
    if (resource === null) return false;
    if (type === 'DESTROYED') return resources.delete(id);
    if (type !== 'CREATED' && type !== 'UPDATED') return false;
    if (!resources.has(id) && resources.size >= MOST_RESOURCES) return false;
    const spec = await reading.read('spec', resource.spec?.yaml_spec ?? '');
    const { created, updated } = resource.metadata ?? {};
    resources.set(id, { id, spec, createdAtMs: momentOf(created), updatedAtMs: momentOf(updated) });
    return true;
  }
}

type Moment = NonNullable<NonNullable<NonNullable<Event['resource']>['metadata']>['created']>;

const momentOf = (moment: Moment | null | undefined): number =>
  moment ? Number(moment.seconds) * 1000 + moment.nanos / 1e6 : Number.NaN;
