import type { MethodReply } from '../../../talos/method-types.ts';
import { finite, toNumber, wholeCell } from '../kit/cells.ts';
import { unaryCommand } from '../kit/unary-command.ts';

type MemInfo = NonNullable<MethodReply<'/machine.MachineService/Memory'>['messages'][number]['meminfo']>;

const KB_PER_MIB = 1024;

/** Whole MiB of a number of kB, as talosctl divides: rest dropped. */
const mib = (sizeKb: number) => finite(Math.trunc(sizeKb / KB_PER_MIB));

function usedKb(info: MemInfo): number {
  return toNumber(info.memtotal) - toNumber(info.memfree) - toNumber(info.cached) - toNumber(info.buffers);
}

/** `talosctl memory` (docs/talos-behaviour.md §6.1): MiB; used is what neither is free nor can be dropped at once. */
export const memory = unaryCommand({
  id: 'memory',
  title: 'Memory',
  about: 'Memory of each node: total, used, free and what caches hold.',
  method: '/machine.MachineService/Memory',
  syntax: {
    names: ['memory', 'm', 'free'],
    flags: [{ long: 'verbose', short: 'v', takesValue: false, note: 'open a row to see every figure of the kernel.' }],
  },
  params: [],
  columns: [
    { id: 'total', title: 'TOTAL', kind: 'number', unit: 'MiB' },
    { id: 'used', title: 'USED', kind: 'number', unit: 'MiB' },
    { id: 'free', title: 'FREE', kind: 'number', unit: 'MiB' },
    { id: 'shared', title: 'SHARED', kind: 'number', unit: 'MiB' },
    { id: 'buffers', title: 'BUFFERS', kind: 'number', unit: 'MiB' },
    { id: 'cache', title: 'CACHE', kind: 'number', unit: 'MiB' },
    { id: 'available', title: 'AVAILABLE', kind: 'number', unit: 'MiB' },
  ],
  picture: { kind: 'bars', used: 'used', total: 'total' },
  liveEveryMs: 2000,
  request: () => ({}),
  rows: (reply) =>
    reply.messages.flatMap(({ meminfo: info }) => {
      if (info === null) return [];
      // No machine has no memory: a node that could not tell sends zeros.
      if (toNumber(info.memtotal) <= 0) return [[null, null, null, null, null, null, null]];
      return [
        [
          mib(toNumber(info.memtotal)),
          mib(usedKb(info)),
          mib(toNumber(info.memfree)),
          mib(toNumber(info.shmem)),
          mib(toNumber(info.buffers)),
          mib(toNumber(info.cached)),
          mib(toNumber(info.memavailable)),
        ],
      ];
    }),
  detail: (reply, row) => {
    const info = reply.messages.flatMap(({ meminfo }) => meminfo ?? [])[row];
    if (info === undefined) return undefined;
    const fields = Object.entries<string>({ ...info }).map(([name, value]) => ({
      name,
      kind: 'number' as const,
      value: wholeCell(value),
      ...(!name.startsWith('hugepages') && { unit: 'kB' }),
    }));
    return { title: 'Memory', parts: [{ kind: 'fields', fields }] };
  },
});
