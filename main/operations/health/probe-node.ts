import type { NodeSeen } from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Caller } from '../clusters/caller.ts';
import { illServices } from './ill-services.ts';
import type { NodeEntry } from './node-entry.ts';
import type { StatusTexts } from './status-texts.ts';

/** A node that takes longer is not reached, for now. */
const PROBE_MS = 5_000;

/** What {@link probeNode} works with. */
export interface ProbeTools {
  readonly clock: Clock;
  /** Those that nodes have told before. */
  readonly texts: StatusTexts;
  readonly signal: AbortSignal;
}

/**
 * Asks a node that is not watched how it is: one small resource, and only when it is not ready which of its services are ill. Never
 * rejects.
 */
export async function probeNode(
  entry: NodeEntry,
  caller: Caller,
  { clock, texts, signal }: ProbeTools,
): Promise<NodeSeen | undefined> {
  const askedAtMs = clock.now();
  const options = { node: entry.node, deadlineMs: PROBE_MS, signal };
  const wasGone = entry.record.condition === 'not-reached';
  try {
    const request = { namespace: 'runtime', type: 'MachineStatuses.runtime.talos.dev', id: 'machine' };
    const { value } = await caller.unary('/cosi.resource.State/Get', request, options);
    const machine = await texts.read(caller.texts.reading(signal), value.resource?.spec?.yaml_spec ?? '');
    if (machine?.isReady === false) {
      const { value: list } = await caller.unary('/machine.MachineService/ServiceList', {}, options);
      entry.tell({ machine, services: illServices(list, clock.now(), entry.facts.services) });
    } else entry.tell({ machine, services: [] });
    return wasGone ? { state: 'online', atMs: clock.now() } : undefined;
  } catch (error) {
    if (signal.aborted) return undefined;
    return entry.failed(error, caller.explain(error, { node: entry.node }), askedAtMs);
  }
}
