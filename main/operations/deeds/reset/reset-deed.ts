import { syntaxWords } from '../../commands/kit/talosctl-line.ts';
import type { DeedDefinition } from '../kit/definition.ts';
import { WAITING } from '../power/definitions.ts';
import { planPower } from '../power/power-plan.ts';
import { resetExtra } from './reset-extra.ts';
import { resetKind } from './reset-kind.ts';
import { resetAway, resetLookUp } from './reset-look-up.ts';
import { checkReset, wantedReset, WIPE_MODES } from './wanted-reset.ts';

/**
 * `talosctl reset` (docs/talos-behaviour.md §6.4.2), but one machine after another, one control plane at most, with a picture of what goes,
 * and never without the name of the cluster.
 */
export const reset: DeedDefinition = {
  id: 'reset',
  title: 'Reset: wipe and leave the cluster',
  about:
    'Machines leave the cluster, and their disks are wiped for good: that of Talos, only some of its volumes, or the user disks that you name.',
  method: '/machine.MachineService/Reset',
  params: [
    { id: 'mode', title: 'What is wiped', kind: 'choice', required: false, choices: WIPE_MODES, initial: 'all' },
    {
      ...{ id: 'labels', kind: 'list', required: false },
      title: 'Only these volumes of Talos, such as EPHEMERAL',
    },
    { id: 'disks', title: 'User disks, such as /dev/sdb', kind: 'list', required: false },
    { id: 'graceful', title: 'Drain, and leave etcd first', kind: 'flag', required: false, initial: true },
    { id: 'reboot', title: 'Start anew afterwards', kind: 'flag', required: false, initial: false },
  ],
  syntax: {
    names: ['reset'],
    flags: [
      { long: 'graceful', takesValue: false, param: 'graceful' },
      { long: 'reboot', takesValue: false, param: 'reboot' },
      { long: 'wipe-mode', takesValue: true, param: 'mode' },
      { long: 'system-labels-to-wipe', takesValue: true, isRepeated: true, param: 'labels' },
      { long: 'user-disks-to-wipe', takesValue: true, isRepeated: true, param: 'disks' },
      ...WAITING.filter(({ long }) => long !== 'progress'),
    ],
  },
  check: checkReset,
  lookUp: resetLookUp,
  lookUpAway: resetAway,
  plan: async (params, tools) => {
    const wanted = wantedReset(params);
    const words = syntaxWords(reset, params);
    return planPower({ deed: 'reset', kind: resetKind(wanted, words) }, tools, await resetExtra(wanted, tools));
  },
};
