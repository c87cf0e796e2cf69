import { isIP } from 'node:net';
import type { CommandParam } from '../../../preload/contract/index.ts';
import type { CommandParams, PlacedCommand } from '../commands/kit/definition.ts';
import { textParam, wrong } from '../commands/kit/params.ts';

/** How long a health check takes at most when nothing else is said, as talosctl has it. */
export const DEFAULT_TIMEOUT = '20m';

const NODES: CommandParam = { id: 'control-planes', title: 'Control plane nodes', kind: 'list', required: false };
const WORKERS: CommandParam = { id: 'workers', title: 'Worker nodes', kind: 'list', required: false };
const INIT: CommandParam = { id: 'init', title: 'Init node', kind: 'text', required: false };

/** Words of a list with commas. */
export const listed = (text: string): readonly string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

/** Refuses what is no IP address, as talosctl does before it asks anybody. Throws Failed `invalid` naming the field. */
export function checkAddresses({ id, title }: Pick<CommandParam, 'id' | 'title'>, addresses: readonly string[]): void {
  const word = addresses.find((address) => isIP(address) === 0);
  if (word !== undefined) throw wrong(id, `${title}: "${word}" is no IP address.`);
}

/** `talosctl health`: the screen Health check (docs/talos-behaviour.md §6.6). */
export const health: PlacedCommand = {
  id: 'health',
  title: 'Health check',
  opens: 'checks.open',
  params: [
    { id: 'server', title: 'Run by a control plane', kind: 'flag', required: false, initial: true },
    { id: 'timeout', title: 'At most', kind: 'duration', required: false, initial: DEFAULT_TIMEOUT },
    NODES,
    WORKERS,
    INIT,
    { id: 'endpoint', title: 'Kubernetes endpoint', kind: 'text', required: false },
  ],
  syntax: {
    names: ['health'],
    flags: [
      { long: 'server', takesValue: false, param: 'server' },
      { long: 'wait-timeout', takesValue: true, param: 'timeout' },
      { long: 'control-plane-nodes', takesValue: true, param: NODES.id, isRepeated: true },
      { long: 'worker-nodes', takesValue: true, param: WORKERS.id, isRepeated: true },
      { long: 'init-node', takesValue: true, param: INIT.id },
      { long: 'k8s-endpoint', takesValue: true, param: 'endpoint' },
      {
        ...{ long: 'run-e2e', takesValue: false },
        note: 'it runs tests in the cluster, which the screen only shows as a command line.',
      },
    ],
  },
  check: (params: CommandParams) => {
    for (const param of [NODES, WORKERS, INIT]) checkAddresses(param, listed(textParam(params, param.id)));
  },
};
