import type { CommandParam } from '../../../../preload/contract/index.ts';
import { CONTAINER_FLAGS, containerPlace, KUBERNETES_PARAM } from '../containers/kubernetes-param.ts';
import { textParam, wholeNumber } from '../kit/params.ts';
import { linesCommand } from '../kit/lines-command.ts';
import type { CommandParams } from '../kit/definition.ts';
import { FOLLOW_FLAG, FOLLOW_PARAM, follows } from './follow-param.ts';

/** Every line the node still has. */
const ALL_LINES = -1;

const TAIL_PARAM: CommandParam = {
  id: 'tail',
  title: 'Last lines',
  kind: 'number',
  least: ALL_LINES,
  unit: 'lines; -1 means all',
  required: false,
  initial: String(ALL_LINES),
};

const place = (params: CommandParams) => ({ ...containerPlace(params), id: textParam(params, 'id') });

/** `talosctl logs` (docs/talos-behaviour.md §6.2): what a service or a container wrote. */
export const logs = linesCommand({
  id: 'logs',
  title: 'Logs',
  about: 'What a service of each node wrote; with Kubernetes chosen, what a container of a pod did.',
  method: '/machine.MachineService/Logs',
  syntax: {
    names: ['logs'],
    positionals: ['id'],
    flags: [FOLLOW_FLAG, ...CONTAINER_FLAGS, { long: 'tail', takesValue: true, param: 'tail' }],
  },
  params: [
    { id: 'id', title: 'Service or container', kind: 'text', required: true },
    TAIL_PARAM,
    FOLLOW_PARAM,
    KUBERNETES_PARAM,
  ],
  follows,
  request: (params) => ({
    ...place(params),
    follow: follows(params),
    tail_lines: wholeNumber(params, TAIL_PARAM) ?? ALL_LINES,
  }),
  goOn: (params) => ({ ...place(params), follow: follows(params), tail_lines: 0 }),
  isOnlyNew: (params) => wholeNumber(params, TAIL_PARAM) === 0,
  bytes: ({ bytes }) => bytes,
});
