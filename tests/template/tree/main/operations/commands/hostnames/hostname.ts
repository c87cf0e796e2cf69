import { unaryCommand } from '../kit/unary-command.ts';

/** The name that each node gives itself. */
export const hostname = unaryCommand({
  id: 'hostname',
  title: 'Hostname',
  about: 'The name that each node gives itself.',
  method: '/machine.MachineService/Hostname',
  syntax: { names: ['hostname'] },
  params: [],
  columns: [{ id: 'hostname', title: 'HOSTNAME', kind: 'text' }],
  request: () => ({}),
  rows: (reply) => reply.messages.map((message) => [message.hostname]),
});
