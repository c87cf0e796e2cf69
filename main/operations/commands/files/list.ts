import type { CommandParam, RunColumn } from '../../../../preload/contract/index.ts';
import type { MethodReply } from '../../../talos/method-types.ts';
import { momentCell, wholeCell } from '../kit/cells.ts';
import type { CommandParams } from '../kit/definition.ts';
import { textParam, wholeNumber, wrong } from '../kit/params.ts';
import { streamCommand } from '../kit/stream-command.ts';
import { folderOf, MAX_ENTRIES, PATH_PARAM, unreadNotes } from './entries.ts';
import { fileMode } from './file-mode.ts';

type Entry = MethodReply<'/machine.MachineService/List'>;

const DEPTH: CommandParam = {
  id: 'depth',
  title: 'Depth',
  kind: 'number',
  unit: 'levels',
  required: false,
  initial: '1',
};

const TYPES = { f: 'REGULAR', d: 'DIRECTORY', l: 'SYMLINK', L: 'SYMLINK' } as const;

/** Types that were asked for. Throws Failed `invalid` for one that is none. */
function typesOf(params: CommandParams): (typeof TYPES)[keyof typeof TYPES][] {
  return textParam(params, 'types')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
    .map((word) => {
      if (!Object.hasOwn(TYPES, word)) throw wrong('types', `"${word}" is no type of file: f, d or l.`);
      return TYPES[word as keyof typeof TYPES];
    });
}

/** What `-l` adds, with the sizes and moments in columns that sort. */
const LONG: readonly RunColumn[] = [
  { id: 'mode', title: 'MODE', kind: 'text' },
  { id: 'uid', title: 'UID', kind: 'id' },
  { id: 'gid', title: 'GID', kind: 'id' },
  { id: 'size', title: 'SIZE', kind: 'bytes' },
  { id: 'modified', title: 'LASTMOD', kind: 'time' },
  { id: 'label', title: 'LABEL', kind: 'text' },
];

function columnsFor({ long }: CommandParams): readonly RunColumn[] {
  return [
    ...LONG.map((column): RunColumn => (long === true ? column : { ...column, isExtra: true })),
    { id: 'name', title: 'NAME', kind: 'text' },
    { id: 'path', title: 'PATH', kind: 'text', isExtra: true },
    { id: 'folder', title: 'FOLDER', kind: 'text', isExtra: true },
    { id: 'error', title: 'ERROR', kind: 'text', isExtra: true },
  ];
}

/** The SELinux label, which the kernel ends with a zero byte. */
function labelOf({ xattrs }: Entry): string {
  const label = xattrs.find(({ name }) => name === 'security.selinux');
  return label === undefined
    ? ''
    : Buffer.from(label.data)
        .toString('utf8')
        .replace(/[\0\n]+$/, '');
}

/** `talosctl list` (docs/talos-behaviour.md §6.9): files and folders as the node sends them. */
export const list = streamCommand({
  id: 'list',
  title: 'Files',
  about: 'Files and folders below a path of each node.',
  method: '/machine.MachineService/List',
  syntax: {
    names: ['list', 'ls'],
    positionals: ['path'],
    flags: [
      { long: 'long', short: 'l', takesValue: false, param: 'long' },
      { long: 'recurse', short: 'r', takesValue: false, param: 'recurse' },
      { long: 'depth', short: 'd', takesValue: true, param: 'depth' },
      { long: 'type', short: 't', takesValue: true, param: 'types', isRepeated: true },
      { long: 'humanize', short: 'H', takesValue: false, note: 'sizes and times are always written to be read.' },
    ],
  },
  params: [
    PATH_PARAM,
    { id: 'long', title: 'Long', kind: 'flag', required: false, initial: false },
    { id: 'recurse', title: 'Everything below', kind: 'flag', required: false, initial: false },
    DEPTH,
    { id: 'types', title: 'Types (f, d, l)', kind: 'list', required: false },
  ],
  columns: columnsFor({}),
  columnsFor,
  picture: { kind: 'tree', id: 'path', parent: 'folder' },
  limit: MAX_ENTRIES,
  check: (params) => {
    typesOf(params);
    if (params['recurse'] === true && (wholeNumber(params, DEPTH) ?? 1) !== 1) {
      throw wrong('depth', 'Either everything below or so many levels.');
    }
  },
  request: (params) => {
    const depth = wholeNumber(params, DEPTH) ?? 1;
    const isDeep = params['recurse'] === true;
    return {
      root: textParam(params, 'path') || '/',
      recurse: isDeep || depth > 1,
      recursion_depth: isDeep ? -1 : depth,
      types: typesOf(params),
      report_xattrs: params['long'] === true,
    };
  },
  rows: (entry, { long }) => {
    const { relative_name: name, link, error } = entry;
    const isRead = error === '';
    return [
      [
        isRead ? fileMode(entry.mode) : null,
        isRead ? entry.uid : null,
        isRead ? entry.gid : null,
        isRead ? wholeCell(entry.size) : null,
        isRead ? momentCell({ seconds: entry.modified }) : null,
        labelOf(entry),
        long === true && link !== '' ? `${name} -> ${link}` : name,
        name,
        folderOf(name),
        error,
      ],
    ];
  },
  notes: unreadNotes,
});
