import { unary, type AnswerEntry } from '../endpoint/answer.ts';
import type { NodeService } from '../node/node-services.ts';
import { timestamp } from '../wire/timestamp.ts';

const serviceInfo = (service: NodeService) => ({
  id: service.id,
  state: service.state,
  events: {
    events: service.events.map((entry) => ({ msg: entry.message, state: entry.state, ts: timestamp(entry.atMs) })),
  },
  health: {
    unknown: service.healthy === null,
    healthy: service.healthy === true,
    last_message: service.healthMessage,
    last_change: timestamp(service.healthChangedAtMs),
  },
});

/** The services of machined: their state, and starting and stopping them. */
export const serviceAnswers: readonly AnswerEntry[] = [
  unary('/machine.MachineService/ServiceList', (_request, { node }) => ({
    messages: [{ services: node.services.list().map(serviceInfo) }],
  })),
  unary('/machine.MachineService/ServiceStart', (request, { node }) => {
    node.services.start(request.id);
    return { messages: [{ resp: `Service "${request.id}" started` }] };
  }),
  unary('/machine.MachineService/ServiceStop', (request, { node }) => {
    node.services.stop(request.id);
    return { messages: [{ resp: `Service "${request.id}" stopped` }] };
  }),
  unary('/machine.MachineService/ServiceRestart', (request, { node }) => {
    node.services.restart(request.id);
    return { messages: [{ resp: `Service "${request.id}" restarted` }] };
  }),
];
