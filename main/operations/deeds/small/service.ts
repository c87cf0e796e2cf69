import { SERVICE_ACTIONS, type ServiceAction } from '../../../../preload/contract/index.ts';
import { textParam } from '../../commands/kit/params.ts';
import type { DeedDefinition } from '../kit/definition.ts';
import { planService } from '../service-plan.ts';

const isAction = (word: string | undefined): word is ServiceAction =>
  (SERVICE_ACTIONS as readonly (string | undefined)[]).includes(word);

/** `talosctl service ID start|stop|restart` (docs/talos-behaviour.md §6.4). */
export const service: DeedDefinition = {
  id: 'service',
  title: 'Start, stop or restart a service',
  about: 'Talos lets people start and restart the kubelet, and start, stop and restart extension services.',
  method: '/machine.MachineService/ServiceRestart',
  params: [
    { id: 'service', title: 'Service', kind: 'text', required: true },
    { id: 'action', title: 'What to do', kind: 'choice', required: true, choices: SERVICE_ACTIONS },
  ],
  syntax: {
    names: ['service', 'services'],
    positionals: ['service', 'action'],
    claims: ([, action]) => isAction(action),
  },
  plan: (params, tools) => {
    const action = textParam(params, 'action');
    return planService({ service: textParam(params, 'service'), action: isAction(action) ? action : 'restart' }, tools);
  },
};
