import type { RunNote } from '../../../../preload/contract/index.ts';
import type { MethodReply } from '../../../talos/method-types.ts';
import { quoted } from '../../quoted.ts';
import { momentCell } from '../kit/cells.ts';
import type { CommandParams } from '../kit/definition.ts';
import { unaryCommand } from '../kit/unary-command.ts';

type Reply = MethodReply<'/machine.MachineService/ServiceList'>;
type Service = Reply['messages'][number]['services'][number];

const HEALTH_COLUMN = 2;

/** As talosctl says it; a service that nothing checks is neither well nor ill. */
function healthWord({ health }: Service): 'OK' | 'Fail' | '?' {
  if (health === null || health.unknown) return '?';
  return health.healthy ? 'OK' : 'Fail';
}

const chosen = (reply: Reply, params: CommandParams): readonly Service[] => {
  const services = reply.messages.flatMap((message) => message.services);
  const id = params['id'];
  return typeof id === 'string' && id !== '' ? services.filter((service) => service.id === id) : services;
};

const eventsOf = (service: Service) => service.events?.events ?? [];

/** `talosctl service` (docs/talos-behaviour.md §6.1): services of machined with health and their last event. */
export const services = unaryCommand({
  id: 'services',
  title: 'Services',
  about: 'Services of each node with their state, health and last event.',
  method: '/machine.MachineService/ServiceList',
  syntax: {
    names: ['service', 'services'],
    positionals: ['id'],
    refuse: (position, word) => {
      if (position !== 1 || word === 'status') return undefined;
      return `"${word}" changes the service, and a run only reads`;
    },
  },
  params: [{ id: 'id', title: 'Service', kind: 'text', required: false }],
  columns: [
    { id: 'service', title: 'SERVICE', kind: 'text' },
    { id: 'state', title: 'STATE', kind: 'state' },
    { id: 'health', title: 'HEALTH', kind: 'state' },
    { id: 'last-change', title: 'LAST CHANGE', kind: 'time' },
    { id: 'last-event', title: 'LAST EVENT', kind: 'text' },
  ],
  wanted: ({ id }) => (typeof id === 'string' && id !== '' ? `service ${quoted(id)}` : undefined),
  request: () => ({}),
  rows: (reply, params) =>
    chosen(reply, params).map((service) => {
      const last = eventsOf(service).at(-1);
      return [service.id, service.state, healthWord(service), momentCell(last?.ts), last?.msg ?? '<none>'];
    }),
  detail: (reply, row, params) => {
    const service = chosen(reply, params)[row];
    if (service === undefined) return undefined;
    return {
      title: service.id,
      parts: [
        {
          kind: 'fields',
          fields: [
            { name: 'STATE', kind: 'state', value: service.state },
            { name: 'HEALTH', kind: 'state', value: healthWord(service) },
            { name: 'LAST HEALTH MESSAGE', kind: 'text', value: service.health?.last_message ?? '' },
            { name: 'LAST HEALTH CHANGE', kind: 'time', value: momentCell(service.health?.last_change) },
          ],
        },
        {
          kind: 'table',
          columns: [
            { id: 'time', title: 'TIME', kind: 'time' },
            { id: 'state', title: 'STATE', kind: 'state' },
            { id: 'message', title: 'EVENT', kind: 'text' },
          ],
          rows: [...eventsOf(service)].reverse().map(({ ts, state, msg }) => [momentCell(ts), state, msg]),
        },
      ],
    };
  },
  conclude: (answers): readonly RunNote[] => {
    const ill = [...answers].flatMap(([node, rows]) => {
      const count = rows.filter((row) => row[HEALTH_COLUMN] === 'Fail').length;
      return count > 0 ? [{ node, count }] : [];
    });
    if (ill.length === 0) return [];
    const count = ill.reduce((sum, one) => sum + one.count, 0);
    const what = count === 1 ? '1 service is' : `${count} services are`;
    const where = ill.length === 1 ? '1 node' : `${ill.length} nodes`;
    return [{ severity: 'warning', message: `${what} not healthy, on ${where}.`, nodes: ill.map(({ node }) => node) }];
  },
});
