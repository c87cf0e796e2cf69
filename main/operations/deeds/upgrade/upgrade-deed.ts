import type { TalosctlFlag } from '../../commands/kit/definition.ts';
import { textParam, wrong } from '../../commands/kit/params.ts';
import type { DeedDefinition } from '../kit/definition.ts';
import { rebootModeOf, WORKERS_PARAM, workersOf } from '../power/definitions.ts';
import { REBOOT_MODES } from '../power/kinds.ts';
import { powerLookUp } from '../power/look-up.ts';
import { planPower } from '../power/power-plan.ts';
import { upgradeExtra } from './upgrade-extra.ts';

/** Of talosctl, and not of this. */
const NOT_TAKEN: readonly TalosctlFlag[] = [
  { long: 'wait', takesValue: false, note: 'Minos always watches each machine until it is over.' },
  { long: 'timeout', takesValue: true, note: 'Minos waits for half an hour for each machine.' },
  { long: 'drain-timeout', takesValue: true, note: 'Minos waits for five minutes, then asks.' },
  { long: 'debug', takesValue: false, note: 'The kernel log of a machine is shown on its page.' },
  { long: 'progress', takesValue: true },
  { long: 'namespace', takesValue: true, note: 'Minos pulls into “system”, as talosctl does by default.' },
  { long: 'legacy', takesValue: false, note: 'Minos takes the older call for the machines that have no other.' },
  {
    ...{ long: 'no-reboot', takesValue: false },
    refused:
      'Minos upgrades a machine as a whole, and starts it anew to see that it runs. With talosctl it installs the new version, and the next reboot starts it.',
  },
  { long: 'force', short: 'f', takesValue: false, note: 'Minos leaves the checks of the machine on.' },
  { long: 'preserve', short: 'p', takesValue: false, note: 'Current versions of Talos keep EPHEMERAL in any case.' },
];

/**
 * `talosctl upgrade` (docs/talos-behaviour.md §6.4.1), but each machine keeps its own schematic, control planes go one by one, and
 * only the machines that are too old are upgraded by the older call.
 */
export const upgrade: DeedDefinition = {
  id: 'upgrade',
  title: 'Upgrade Talos',
  about:
    'Each machine gets the wanted version with what it was made with, and starts anew: control planes one by one, the leader of etcd last, workers so many at a time.',
  method: '/machine.LifecycleService/Upgrade',
  params: [
    { id: 'version', title: 'To version', kind: 'text', required: false },
    { id: 'image', title: 'Or this installer image, for all', kind: 'text', required: false },
    WORKERS_PARAM,
    { id: 'drain', title: 'Drain first', kind: 'flag', required: false, initial: true },
    {
      ...{ id: 'reboot-mode', title: 'How it starts anew', kind: 'choice', required: false },
      ...{ choices: REBOOT_MODES, initial: 'default' },
    },
    {
      ...{ id: 'stage', kind: 'flag', required: false, initial: false },
      title: 'Machines older than Talos 1.13 install at their next start (stage)',
    },
  ],
  needsOneOf: ['version', 'image'],
  syntax: {
    names: ['upgrade'],
    flags: [
      { long: 'image', short: 'i', takesValue: true, param: 'image' },
      { long: 'drain', takesValue: false, param: 'drain' },
      { long: 'reboot-mode', short: 'm', takesValue: true, param: 'reboot-mode' },
      { long: 'stage', short: 's', takesValue: false, param: 'stage' },
      ...NOT_TAKEN,
    ],
  },
  lookUp: powerLookUp({ comesBack: true }),
  plan: async (params, tools) => {
    const [version, image] = [textParam(params, 'version').trim(), textParam(params, 'image').trim()];
    if (version === '' && image === '') throw wrong('version', 'Say to which version, such as v1.13.9.');
    if (version !== '' && image !== '') throw wrong('image', 'Say a version or an image, not both.');
    const [drains, isStaged] = [params['drain'] === true, params['stage'] === true];
    const mode = rebootModeOf(params, 'reboot-mode');
    const how = { drains, mode, isStaged };
    const extra = await upgradeExtra(image === '' ? { version } : { image }, how, tools);
    return planPower({ deed: 'upgrade', workersAtOnce: workersOf(params), drains, mode }, tools, extra);
  },
};
