import type { IllService } from '../../../preload/contract/index.ts';
import type { MethodReply } from '../../talos/method-types.ts';
import { MOST_OF_A_NODE, shortLine, sinceOf } from './spec-facts.ts';

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

/**
 * Services of an answer that do not do what they shall (docs/talos-behaviour.md §6.1), since when the node itself says; where it
 * cannot, since they were first seen so. `before` is what was known of it.
 */
export function illServices(
  reply: MethodReply<'/machine.MachineService/ServiceList'>,
  nowMs: number,
  before: readonly IllService[] = [],
): readonly IllService[] {
  return reply.messages
    .flatMap(({ services }) => services)
    .flatMap((service) => illService(service, nowMs, before) ?? [])
    .slice(0, MOST_OF_A_NODE);
}

function illService(service: ServiceInfo, nowMs: number, before: readonly IllService[]): IllService | undefined {
  const state = stateOf(service);
  if (state === undefined) return undefined;
  const { health } = service;
  const id = shortLine(service.id, 100);
  const events = service.events?.events ?? [];
  const last = events.at(-1);
  // Since the first of the last events that tell the same state.
  const first = events.findLastIndex((event) => event.state !== service.state) + 1;
  const toldMs = state === 'unhealthy' ? momentOf(health?.last_change) : momentOf(events[first]?.ts);
  const message = state === 'unhealthy' ? health?.last_message : last?.msg;
  const known = before.find((one) => one.id === id && one.state === state);
  return { id, state, message: shortLine(message), sinceMs: sinceOf(toldMs, known, nowMs) };
}

function stateOf({ id, state, health }: ServiceInfo): IllService['state'] | undefined {
  if (state === 'Failed') return 'failed';
  if (state === 'Running') {
    return health !== null && health !== undefined && !health.unknown && !health.healthy ? 'unhealthy' : undefined;
  }
  return ESSENTIAL_SERVICES.has(id) && state !== 'Skipped' ? 'not-running' : undefined;
}
