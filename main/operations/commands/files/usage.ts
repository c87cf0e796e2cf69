import { wholeCell } from '../kit/cells.ts';
import { textParam, wholeNumber } from '../kit/params.ts';
import type { CommandParam } from '../../../../preload/contract/index.ts';
import { streamCommand } from '../kit/stream-command.ts';
import { folderOf, MAX_ENTRIES, PATH_PARAM, unreadNotes } from './entries.ts';

const DEPTH: CommandParam = {
  id: 'depth',
  title: 'Depth',
  kind: 'number',
  unit: 'levels',
  required: false,
  initial: '0',
};
const THRESHOLD: CommandParam = { id: 'threshold', title: 'Threshold', kind: 'size', required: false };

/**
 * `talosctl usage` (docs/talos-behaviour.md §6.9). One path a run: of several, a node looks at the first. Entries come as
 * the node sends them, folders after what is in them.
 */
export const usage = streamCommand({
  id: 'usage',
  title: 'Disk usage',
  about: 'What the folders and files below a path take up on each node.',
  method: '/machine.MachineService/DiskUsage',
  syntax: {
    names: ['usage', 'du'],
    positionals: ['path'],
    flags: [
      { long: 'all', short: 'a', takesValue: false, param: 'all' },
      { long: 'depth', short: 'd', takesValue: true, param: 'depth' },
      { long: 'threshold', short: 't', takesValue: true, param: 'threshold' },
      { long: 'humanize', short: 'H', takesValue: false, note: 'sizes are always written to be read.' },
    ],
  },
  params: [
    PATH_PARAM,
    { id: 'all', title: 'Files too', kind: 'flag', required: false, initial: false },
    DEPTH,
    THRESHOLD,
  ],
  columns: [
    { id: 'size', title: 'SIZE', kind: 'bytes' },
    { id: 'name', title: 'NAME', kind: 'text' },
    { id: 'folder', title: 'FOLDER', kind: 'text', isExtra: true },
    { id: 'error', title: 'ERROR', kind: 'text', isExtra: true },
  ],
  picture: { kind: 'treemap', id: 'name', parent: 'folder', size: 'size' },
  limit: MAX_ENTRIES,
  request: (params) => ({
    recursion_depth: (wholeNumber(params, DEPTH) ?? 0) + 1,
    all: params['all'] === true,
    threshold: String(wholeNumber(params, THRESHOLD) ?? 0),
    paths: [textParam(params, 'path') || '/'],
  }),
  rows: ({ size, relative_name: name, error }) => [
    [error === '' ? wholeCell(size) : null, name, folderOf(name), error],
  ],
  notes: unreadNotes,
});
