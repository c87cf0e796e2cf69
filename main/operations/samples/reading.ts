import type { MethodReply, MethodRequest } from '../../talos/method-types.ts';
import type { ReadPath } from '../../talos/methods.ts';
import type { Caller, UnaryOptions } from '../clusters/caller.ts';

type First<P extends ReadPath<'unary'>> =
  MethodReply<P> extends { readonly messages: readonly (infer M)[] } ? M : never;

/** What a node said of itself at one moment; what a call did not bring is missing. */
export interface Reading {
  /** Epoch milliseconds, when it was asked for. */
  readonly atMs: number;
  /** The same on the clock that never goes back. */
  readonly monotonicMs: number;
  readonly system?: First<'/machine.MachineService/SystemStat'> | undefined;
  readonly memory?: First<'/machine.MachineService/Memory'>['meminfo'] | undefined;
  readonly load?: First<'/machine.MachineService/LoadAvg'> | undefined;
  readonly network?: First<'/machine.MachineService/NetworkDeviceStats'>['total'] | undefined;
  readonly disk?: First<'/machine.MachineService/DiskStats'>['total'] | undefined;
}

/**
 * Asks one node for all that a sample needs, at once. A call that fails leaves its part out, as talosctl's dashboard does
 * (docs/talos-behaviour.md §6.7); when all fail, the first error is thrown.
 */
export async function readLoad(
  caller: Caller,
  options: UnaryOptions,
  now: { readonly atMs: number; readonly monotonicMs: number },
): Promise<Reading> {
  const first = async <P extends ReadPath<'unary'>>(path: P): Promise<First<P> | undefined> => {
    const { value } = await caller.unary(path, {} as MethodRequest<P>, options);
    return (value as { readonly messages: readonly First<P>[] }).messages[0];
  };
  const [system, memory, load, network, disk] = await Promise.allSettled([
    first('/machine.MachineService/SystemStat'),
    first('/machine.MachineService/Memory'),
    first('/machine.MachineService/LoadAvg'),
    first('/machine.MachineService/NetworkDeviceStats'),
    first('/machine.MachineService/DiskStats'),
  ]);
  const all = [system, memory, load, network, disk];
  if (system.status === 'rejected' && all.every(({ status }) => status === 'rejected')) throw system.reason;
  return {
    ...now,
    system: valueOf(system),
    memory: valueOf(memory)?.meminfo ?? undefined,
    load: valueOf(load),
    network: valueOf(network)?.total ?? undefined,
    disk: valueOf(disk)?.total ?? undefined,
  };
}

function valueOf<T>(result: PromiseSettledResult<T>): T | undefined {
  return result.status === 'fulfilled' ? result.value : undefined;
}
