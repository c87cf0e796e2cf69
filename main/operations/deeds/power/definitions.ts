import type { CommandParam } from '../../../../preload/contract/index.ts';
import type { CommandParams, TalosctlFlag } from '../../commands/kit/definition.ts';
import { textParam } from '../../commands/kit/params.ts';
import type { DeedDefinition } from '../kit/definition.ts';
import { REBOOT_MODES, type RebootMode } from './kinds.ts';
import { powerLookUp } from './look-up.ts';
import { planPower } from './power-plan.ts';

/** Most workers that are away at a time. */
const MOST_WORKERS_AT_ONCE = 10;

/** How many workers are away at a time. */
export const WORKERS_PARAM: CommandParam = {
  ...{ id: 'workers', title: 'Workers away at a time', kind: 'number', least: 1, required: false, initial: '1' },
};

/** What {@link WORKERS_PARAM} says. */
export function workersOf(params: CommandParams): number {
  const workers = Math.trunc(Number(textParam(params, 'workers')));
  return Math.min(MOST_WORKERS_AT_ONCE, Math.max(1, Number.isFinite(workers) ? workers : 1));
}

const ALWAYS_WAITS = 'Minos always watches each machine until it is over.';

/** What talosctl has to say about waiting. */
export const WAITING: readonly TalosctlFlag[] = [
  { long: 'wait', takesValue: false, note: ALWAYS_WAITS },
  { long: 'timeout', takesValue: true, note: 'Minos waits for half an hour for each machine.' },
  { long: 'debug', takesValue: false, note: 'The kernel log of a machine is shown on its page.' },
  { long: 'progress', takesValue: true },
];

/** The way to reboot that a parameter says. */
export function rebootModeOf(params: CommandParams, id: string): RebootMode {
  const word = textParam(params, id);
  return REBOOT_MODES.find((mode) => mode === word) ?? 'default';
}

/** `talosctl reboot` (docs/talos-behaviour.md §6.4), but control planes one by one, and workers so many at a time. */
export const reboot: DeedDefinition = {
  id: 'reboot',
  title: 'Reboot',
  about:
    'Machines start anew, drained first if you like: control planes one by one, the leader of etcd last, workers so many at a time.',
  method: '/machine.MachineService/Reboot',
  params: [
    { id: 'mode', title: 'How', kind: 'choice', required: false, choices: REBOOT_MODES, initial: 'default' },
    { id: 'drain', title: 'Drain each first', kind: 'flag', required: false, initial: false },
    WORKERS_PARAM,
  ],
  syntax: {
    names: ['reboot'],
    flags: [
      { long: 'mode', short: 'm', takesValue: true, param: 'mode' },
      { long: 'drain', takesValue: false, param: 'drain' },
      { long: 'drain-timeout', takesValue: true, note: 'Minos gives the pods of a machine five minutes.' },
      ...WAITING,
    ],
  },
  lookUp: powerLookUp({ comesBack: true }),
  plan: (params, tools) => {
    const workersAtOnce = workersOf(params);
    const drains = params['drain'] === true;
    return planPower({ deed: 'reboot', mode: rebootModeOf(params, 'mode'), workersAtOnce, drains }, tools);
  },
};

/** `talosctl shutdown` (docs/talos-behaviour.md §6.4), one machine after another. */
export const shutdown: DeedDefinition = {
  id: 'shutdown',
  title: 'Shut down',
  about: 'Machines drain themselves, stop and switch themselves off. Somebody has to switch them on again.',
  method: '/machine.MachineService/Shutdown',
  params: [{ id: 'force', title: 'Without draining', kind: 'flag', required: false, initial: false }],
  syntax: { names: ['shutdown'], flags: [{ long: 'force', takesValue: false, param: 'force' }, ...WAITING] },
  lookUp: powerLookUp({ comesBack: false }),
  plan: (params, tools) => planPower({ deed: 'shutdown', force: params['force'] === true }, tools),
};
