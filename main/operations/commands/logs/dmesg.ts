import { linesCommand } from '../kit/lines-command.ts';
import { FOLLOW_FLAG, FOLLOW_PARAM, follows } from './follow-param.ts';

/** `talosctl dmesg` (docs/talos-behaviour.md §6.2): messages of the kernel, one record a line. */
export const dmesg = linesCommand({
  id: 'dmesg',
  title: 'Kernel log',
  about: 'What the kernel of each node wrote since it booted, as far as its buffer holds it.',
  method: '/machine.MachineService/Dmesg',
  syntax: { names: ['dmesg'], flags: [FOLLOW_FLAG, { long: 'tail', takesValue: false, param: 'tail' }] },
  params: [
    FOLLOW_PARAM,
    { id: 'tail', title: 'Only what is new, when following', kind: 'flag', required: false, initial: false },
  ],
  follows,
  request: (params) => ({ follow: follows(params), tail: params['tail'] === true }),
  goOn: (params) => ({ follow: follows(params), tail: true }),
  isOnlyNew: (params) => params['tail'] === true,
  bytes: ({ bytes }) => bytes,
});
