import type { IllService } from '../../../preload/contract/index.ts';
import type { MethodReply } from '../../talos/method-types.ts';
import { MOST_OF_A_NODE, shortLine } from './spec-facts.ts';

type ServiceInfo = MethodReply<'/machine.MachineService/ServiceList'>['messages'][number]['services'][number];

/** Without these a node is no node; any other may have finished its work. */
export const ESSENTIAL_SERVICES: ReadonlySet<string> = new Set([
  'apid',
  'containerd',
  'cri',
  'etcd',
  'kubelet',
  'machined',
  'trustd',
  'udevd',
]);

type Time = { readonly seconds: string | number | { toString(): string }; readonly nanos: number } | null;

const momentOf = (time: Time | undefined): number =>
  time ? Math.round(Number(time.seconds) * 1000 + time.nanos / 1e6) : Number.NaN;

/** Services of an answer that do not do what they shall (docs/talos-behaviour.md §6.1), with the moments the node itself names. */
export function illServices(
  reply: MethodReply<'/machine.MachineService/ServiceList'>,
  nowMs: number,
): readonly IllService[] {
  return reply.messages
    .flatMap(({ services }) => services)
    .flatMap((service) => illService(service, nowMs) ?? [])
    .slice(0, MOST_OF_A_NODE);
}

function illService(service: ServiceInfo, nowMs: number): IllService | undefined {
  const state = stateOf(service);
  if (state === undefined) return undefined;
  const { id, health } = service;
  const events = service.events?.events ?? [];
  const last = events.at(-1);
  // Since the first of the last events that tell the same state.
  const first = events.findLastIndex((event) => event.state !== service.state) + 1;
  const toldMs = state === 'unhealthy' ? momentOf(health?.last_change) : momentOf(events[first]?.ts);
  const message = state === 'unhealthy' ? health?.last_message : last?.msg;
  // A clock that is ahead names moments that have not come.
  const sinceMs = toldMs > 0 && toldMs <= nowMs ? toldMs : nowMs;
  return { id: shortLine(id, 100), state, message: shortLine(message), sinceMs };
}

function stateOf({ id, state, health }: ServiceInfo): IllService['state'] | undefined {
  if (state === 'Failed') return 'failed';
  if (state === 'Running') {
    return health !== null && health !== undefined && !health.unknown && !health.healthy ? 'unhealthy' : undefined;
  }
  return ESSENTIAL_SERVICES.has(id) && state !== 'Skipped' ? 'not-running' : undefined;
}
