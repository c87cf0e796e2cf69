import { fileStem } from '../../../lib/file-stem.ts';
import type { CommandParam } from '../../../../preload/contract/index.ts';
import { bytesCommand, dataOf } from '../kit/bytes-command.ts';
import { textParam } from '../kit/params.ts';
import { nameOfPath } from './entries.ts';

const AS: CommandParam = {
  id: 'as',
  title: 'Save as',
  kind: 'choice',
  choices: ['archive', 'folder'],
  required: false,
  initial: 'archive',
};

/**
 * `talosctl copy` (docs/talos-behaviour.md §6.9): everything below a path of one node, as the .tar.gz that the node makes
 * (`-` for talosctl) or extracted into a new folder. Where it goes is asked in the system's dialog.
 */
export const copy = bytesCommand({
  id: 'copy',
  title: 'Download a folder',
  about: 'Everything below a path of one node, saved where you choose as an archive (.tar.gz) or as a folder.',
  method: '/machine.MachineService/Copy',
  syntax: {
    names: ['copy', 'cp'],
    positionals: ['path', 'as'],
    spelled: {
      as: {
        write: (value) => (value === 'folder' ? '.' : '-'),
        read: (word) => (word === '-' ? 'archive' : 'folder'),
      },
    },
  },
  params: [{ id: 'path', title: 'Path', kind: 'path', required: true }, AS],
  kept: (params) => (textParam(params, 'as') === 'folder' ? 'folder' : 'file'),
  suggest: (params, { node }) => {
    const path = textParam(params, 'path');
    const stem = fileStem(`${node}-${nameOfPath(path)}`, 'folder');
    const title = `Save ${path} of ${node}`;
    return textParam(params, 'as') === 'folder'
      ? { name: stem, title }
      : { name: `${stem}.tar.gz`, extension: 'gz', title };
  },
  open: (caller, params, call) =>
    dataOf(caller.serverStream('/machine.MachineService/Copy', { root_path: textParam(params, 'path') }, call)),
});
