import type { MethodReply } from '../../talos/method-types.ts';
import type { Caller } from '../clusters/caller.ts';

type Reply = MethodReply<'/machine.MachineService/ServiceList'>;

/** A service as a machine tells of it. */
export type Service = Reply['messages'][number]['services'][number];

const READ_WITHIN_MS = 10_000;

/** What machined runs; a service that failed, finished or was skipped is not there (docs/talos-behaviour.md, services of the simulated cluster). */
const NOT_RUNNING: readonly string[] = ['Finished', 'Failed', 'Skipped'];

/** Whether machined runs it, healthy or not. */
export const isRunning = ({ state }: Service): boolean => !NOT_RUNNING.includes(state);

/** A service of a machine as it is now; undefined for one it does not have. Throws what calls throw. */
export async function readService(
  caller: Caller,
  { node, service, signal }: { readonly node: string; readonly service: string; readonly signal: AbortSignal },
): Promise<Service | undefined> {
  const options = { node, deadlineMs: READ_WITHIN_MS, signal };
  const { value } = await caller.unary('/machine.MachineService/ServiceList', {}, options);
  return value.messages.flatMap(({ services }) => services).find(({ id }) => id === service);
}

/** `Running, healthy`. */
export function serviceWords({ state, health }: Service): string {
  const shown = state === '' ? 'in a state that is not told' : state.slice(0, 40);
  if (health === null || health.unknown) return shown;
  return `${shown}, ${health.healthy ? 'healthy' : 'not healthy'}`;
}
