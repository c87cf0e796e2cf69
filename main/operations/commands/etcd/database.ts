import { fileStem, momentStem } from '../../../lib/file-stem.ts';
import { bytesCommand, dataOf } from '../kit/bytes-command.ts';

const PATH = '/var/lib/etcd/member/snap/db';

/**
 * The database of etcd as it lies on the disk of a control plane (docs/talos-behaviour.md §D), for when etcd has no quorum and takes no
 * snapshot: `talosctl read` of its file. It has no SHA-256; it is read once it is saved.
 */
export const etcdDatabaseCopy = bytesCommand({
  id: 'etcd-database',
  title: 'Copy of the etcd database',
  about:
    'The database of etcd as it lies on the disk of one control plane, saved where you choose and read: for when etcd has no quorum and takes no snapshot.',
  method: '/machine.MachineService/Read',
  syntax: { names: [], like: `read ${PATH}` },
  params: [],
  kept: () => 'database',
  suggest: (_params, { context, node, atMs }) => {
    const at = momentStem(atMs);
    return {
      name: `${fileStem(`${context}-${node}`, 'cluster')}-etcd-${at}.db`,
      extension: 'db',
      title: `Save the etcd database of ${node}`,
    };
  },
  // What etcd writes meanwhile may be in the copy by half.
  warn: async (caller, { onEndpoint: _told, ...call }) => {
    const { value } = await caller.unary('/machine.MachineService/EtcdStatus', {}, call);
    const isLed = value.messages.some(({ member_status: status }) => Number(status?.leader ?? 0) !== 0);
    return isLed ? 'etcd has a quorum, so a snapshot of it would be the better copy' : undefined;
  },
  open: (caller, _params, call) => dataOf(caller.serverStream('/machine.MachineService/Read', { path: PATH }, call)),
});
