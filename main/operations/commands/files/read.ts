import { fileStem } from '../../../lib/file-stem.ts';
import { bytesCommand, dataOf } from '../kit/bytes-command.ts';
import { textParam } from '../kit/params.ts';
import { nameOfPath } from './entries.ts';

/** `talosctl read` (docs/talos-behaviour.md §6.9) as a download. */
export const read = bytesCommand({
  id: 'read',
  title: 'Download a file',
  about: 'The bytes of one regular file of one node, saved where you choose.',
  method: '/machine.MachineService/Read',
  syntax: { names: ['read', 'cat'], positionals: ['path'] },
  params: [{ id: 'path', title: 'Path', kind: 'path', required: true }],
  kept: () => 'file',
  suggest: (params, { node }) => {
    const name = nameOfPath(textParam(params, 'path'));
    const [, extension] = /\.([A-Za-z0-9]{1,8})$/.exec(name) ?? [];
    return {
      name: fileStem(name, 'file'),
      ...(extension !== undefined && { extension }),
      title: `Save ${name} of ${node}`,
    };
  },
  open: (caller, params, call) =>
    dataOf(caller.serverStream('/machine.MachineService/Read', { path: textParam(params, 'path') }, call)),
});
