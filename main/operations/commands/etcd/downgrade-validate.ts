import { textParam } from '../kit/params.ts';
import { unaryCommand } from '../kit/unary-command.ts';

/** `talosctl etcd downgrade validate VERSION` (docs/talos-behaviour.md §D8): etcd is asked whether it may go down to a version. */
export const etcdDowngradeValidate = unaryCommand({
  id: 'etcd-downgrade-validate',
  title: 'Etcd: may it go down to a version?',
  about: 'Asks etcd whether its members may be started with an older version. Changes nothing.',
  method: '/machine.MachineService/EtcdDowngradeValidate',
  syntax: { names: ['etcd downgrade validate'], positionals: ['version'] },
  params: [{ id: 'version', title: 'Version, such as 3.5', kind: 'text', required: true }],
  columns: [{ id: 'message', title: 'MESSAGE', kind: 'text' }],
  request: (params) => ({ version: textParam(params, 'version') }),
  rows: (reply) =>
    reply.messages.map(({ cluster_downgrade: downgrade }) => [
      `downgrade validate success, cluster version ${downgrade?.cluster_version ?? ''}`,
    ]),
});
