import { byId, containerName, containerPlace, CONTAINER_FLAGS, KUBERNETES_PARAM } from './kubernetes-param.ts';
import type { MethodReply } from '../../../talos/method-types.ts';
import { wholeCell } from '../kit/cells.ts';
import { unaryCommand } from '../kit/unary-command.ts';

type Reply = MethodReply<'/machine.MachineService/Containers'>;

const sorted = (reply: Reply) => reply.messages.flatMap((message) => message.containers).sort(byId);

/** `talosctl containers` (docs/talos-behaviour.md §6.1): pods and their containers. */
export const containers = unaryCommand({
  id: 'containers',
  title: 'Containers',
  about: 'Containers of each node; with Kubernetes chosen, its pods and their containers.',
  method: '/machine.MachineService/Containers',
  syntax: { names: ['containers', 'c'], flags: CONTAINER_FLAGS },
  params: [KUBERNETES_PARAM],
  columns: [
    { id: 'namespace', title: 'NAMESPACE', kind: 'text' },
    { id: 'id', title: 'ID', kind: 'text' },
    { id: 'image', title: 'IMAGE', kind: 'text' },
    { id: 'pid', title: 'PID', kind: 'id' },
    { id: 'status', title: 'STATUS', kind: 'state' },
  ],
  request: containerPlace,
  rows: (reply) =>
    sorted(reply).map((one) => [one.namespace, containerName(one), one.image, wholeCell(one.pid), one.status]),
  detail: (reply, row) => {
    const container = sorted(reply)[row];
    if (container === undefined) return undefined;
    const fields = [
      ['NAMESPACE', container.namespace],
      ['ID', container.id],
      ['NAME', container.name],
      ['POD', container.pod_id],
      ['IMAGE', container.image],
      ['STATUS', container.status],
      ['UID', container.uid],
      ['INTERNAL ID', container.internal_id],
      ['NETWORK NAMESPACE', container.network_namespace],
    ] as const;
    return {
      title: container.id,
      parts: [
        {
          kind: 'fields',
          fields: [
            ...fields.map(([name, value]) => ({ name, kind: 'text' as const, value })),
            { name: 'PID', kind: 'id', value: wholeCell(container.pid) },
          ],
        },
      ],
    };
  },
});
