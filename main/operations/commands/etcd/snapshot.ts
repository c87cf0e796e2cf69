import { fileStem, momentStem } from '../../../lib/file-stem.ts';
import { bytesCommand, dataOf } from '../kit/bytes-command.ts';
import { textParam } from '../kit/params.ts';

/**
 * `talosctl etcd snapshot` (docs/talos-behaviour.md §6.12): all that etcd holds, Kubernetes Secrets too, from one control
 * plane. Kept only when its size and its SHA-256 are right, which talosctl does not compare.
 */
export const etcdSnapshot = bytesCommand({
  id: 'etcd-snapshot',
  title: 'Etcd snapshot',
  about:
    'A backup of all that etcd holds, with the Secrets of Kubernetes, from one control plane, saved where you choose.',
  method: '/machine.MachineService/EtcdSnapshot',
  syntax: {
    names: ['etcd snapshot'],
    positionals: ['name'],
    spelled: {
      name: {
        write: (value) => (value === '' ? 'etcd.snapshot' : value),
        read: (word) => word.slice(word.lastIndexOf('/') + 1),
      },
    },
  },
  params: [{ id: 'name', title: 'File name', kind: 'text', required: false }],
  kept: () => 'snapshot',
  suggest: (params, { context, atMs }) => {
    const at = momentStem(atMs);
    const named = textParam(params, 'name');
    return {
      name: named === '' ? `${fileStem(context, 'cluster')}-etcd-${at}.snapshot` : fileStem(named, 'etcd.snapshot'),
      extension: 'snapshot',
      title: `Save the snapshot of the etcd of ${context}`,
    };
  },
  // etcd takes a snapshot of what this member knows, also while nobody leads.
  warn: async (caller, { onEndpoint: _told, ...call }) => {
    const { value } = await caller.unary('/machine.MachineService/EtcdStatus', {}, call);
    const isLed = value.messages.some(({ member_status: status }) => Number(status?.leader ?? 0) !== 0);
    return isLed ? undefined : 'etcd has no leader (no quorum), so this is what this member knows and may be behind';
  },
  open: (caller, _params, call) => dataOf(caller.serverStream('/machine.MachineService/EtcdSnapshot', {}, call)),
});
