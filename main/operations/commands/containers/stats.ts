import { toNumber, twoDigits, wholeCell } from '../kit/cells.ts';
import { byId, containerName, containerPlace, CONTAINER_FLAGS, KUBERNETES_PARAM } from './kubernetes-param.ts';
import { unaryCommand } from '../kit/unary-command.ts';

const BYTES_PER_MB = 1_000_000;

/** `talosctl stats` (docs/talos-behaviour.md §6.1): memory and processor time of containers. */
export const stats = unaryCommand({
  id: 'stats',
  title: 'Container stats',
  about: 'Memory and processor time of the containers of each node.',
  method: '/machine.MachineService/Stats',
  syntax: { names: ['stats'], flags: CONTAINER_FLAGS },
  params: [KUBERNETES_PARAM],
  columns: [
    { id: 'namespace', title: 'NAMESPACE', kind: 'text' },
    { id: 'id', title: 'ID', kind: 'text' },
    { id: 'memory', title: 'MEMORY(MB)', kind: 'number' },
    { id: 'cpu', title: 'CPU', kind: 'number', unit: 'ns' },
  ],
  liveEveryMs: 2000,
  request: containerPlace,
  rows: (reply) =>
    reply.messages
      .flatMap((message) => message.stats)
      .sort(byId)
      .map((one) => [
        one.namespace,
        containerName(one),
        twoDigits(toNumber(one.memory_usage) / BYTES_PER_MB),
        wholeCell(one.cpu_usage),
      ]),
});
