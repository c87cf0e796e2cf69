import type { CommandParam } from '../../../../preload/contract/index.ts';
import type { CommandParams } from '../kit/definition.ts';
import { textParam, wrong } from '../kit/params.ts';
import { unaryCommand } from '../kit/unary-command.ts';

/** A version of etcd as talosctl takes it. */
export const VERSION_PARAM: CommandParam = {
  ...{ id: 'version', title: 'Version, such as 3.5', kind: 'text', required: true },
};

/** Throws Failed `invalid` for what is no version of etcd. */
export function checkVersion(params: CommandParams): void {
  if (/^\d{1,3}\.\d{1,3}$/.test(textParam(params, VERSION_PARAM.id))) return;
  throw wrong(VERSION_PARAM.id, 'A version of etcd has the form MAJOR.MINOR, such as 3.5.');
}

/** `talosctl etcd downgrade validate VERSION` (docs/talos-behaviour.md §D8): etcd is asked whether it may go down to a version. */
export const etcdDowngradeValidate = unaryCommand({
  id: 'etcd-downgrade-validate',
  title: 'Etcd: may it go down to a version?',
  about: 'Asks etcd whether its members may be started with an older version. Changes nothing.',
  method: '/machine.MachineService/EtcdDowngradeValidate',
  syntax: { names: ['etcd downgrade validate'], positionals: [VERSION_PARAM.id] },
  params: [VERSION_PARAM],
  check: checkVersion,
  columns: [{ id: 'message', title: 'MESSAGE', kind: 'text' }],
  request: (params) => ({ version: textParam(params, VERSION_PARAM.id) }),
  rows: (reply) =>
    reply.messages.map(({ cluster_downgrade: downgrade }) => [
      `downgrade validate success, cluster version ${downgrade?.cluster_version ?? ''}`,
    ]),
});
