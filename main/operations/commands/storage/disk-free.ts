import type { RunColumn } from '../../../../preload/contract/index.ts';
import { Failed, isCancelled } from '../../../lib/failed.ts';
import type { MethodReply } from '../../../talos/method-types.ts';
import { quoted } from '../../quoted.ts';
import { finite, toNumber, wholeCell } from '../kit/cells.ts';
import type { RowsCommand, CommandParams, PreparedCommand, Row } from '../kit/definition.ts';
import { textParam } from '../kit/params.ts';
import { checkVolume, mountedVolumes, type MountedVolume } from './mounted-volumes.ts';

type Statfs = MethodReply<'/machine.StorageService/Statfs'>;

/** A mounted volume with how full it is, or why that is not known. */
export interface VolumeRoom extends MountedVolume {
  readonly room: Statfs | undefined;
  readonly error: string;
}

interface Answer {
  readonly volumes: readonly VolumeRoom[];
  readonly isCut: boolean;
}

const text = (id: string, title: string): RunColumn => ({ id, title, kind: 'text' });

/** The ids are the same for bytes and inodes, so that both are drawn alike. */
function columnsFor({ inodes }: CommandParams): readonly RunColumn[] {
  const figures: readonly RunColumn[] =
    inodes === true
      ? [
          { id: 'size', title: 'INODES', kind: 'number' },
          { id: 'used', title: 'IUSED', kind: 'number' },
          { id: 'free', title: 'IFREE', kind: 'number' },
          { id: 'usage', title: '%IUSED', kind: 'percent' },
        ]
      : [
          { id: 'size', title: 'SIZE', kind: 'bytes' },
          { id: 'used', title: 'USED', kind: 'bytes' },
          { id: 'free', title: 'AVAILABLE', kind: 'bytes' },
          { id: 'usage', title: 'USAGE', kind: 'percent' },
        ];
  return [
    text('volume', 'VOLUME'),
    text('filesystem', 'FILESYSTEM'),
    ...figures,
    text('mount-point', 'MOUNT POINT'),
    { ...text('error', 'ERROR'), isExtra: true },
  ];
}

/** What is used of what is used or free: a file system keeps some room for root, which counts as neither. */
const shareOf = (used: number, all: number) => (all > 0 ? finite(used / all) : null);

/** One mounted volume as talosctl prints it, its share not rounded. */
export function volumeRow({ volume, filesystem, target, room, error }: VolumeRoom, { inodes }: CommandParams): Row {
  if (room === undefined) return [volume, filesystem, null, null, null, null, target, error];
  const used = toNumber(room.used);
  const figures =
    inodes === true
      ? [
          wholeCell(room.inodes),
          wholeCell(room.inodes_used),
          wholeCell(room.inodes_free),
          shareOf(toNumber(room.inodes_used), toNumber(room.inodes)),
        ]
      : [
          wholeCell(room.size),
          wholeCell(room.used),
          wholeCell(room.available),
          shareOf(used, used + toNumber(room.available)),
        ];
  return [volume, filesystem, ...figures, target, error];
}

/** `talosctl diskfree` (docs/talos-behaviour.md §6.9), since Talos 1.15: how full the volumes of a node are. */
export const diskFree: RowsCommand = {
  shape: 'rows',
  id: 'diskfree',
  title: 'Free disk space',
  about: 'How full the volumes of each node are, in bytes or in inodes. Since Talos 1.15.',
  method: '/machine.StorageService/Statfs',
  syntax: {
    names: ['diskfree', 'df'],
    positionals: ['volume'],
    flags: [
      { long: 'inodes', short: 'i', takesValue: false, param: 'inodes' },
      { long: 'bytes', short: 'b', takesValue: false, note: 'a copied or saved table has bytes.' },
    ],
  },
  params: [
    { id: 'volume', title: 'Volume', kind: 'text', required: false },
    { id: 'inodes', title: 'Inodes', kind: 'flag', required: false, initial: false },
  ],
  columns: columnsFor({}),
  picture: { kind: 'bars', used: 'used', total: 'size', share: 'usage' },
  hasDetail: false,

  prepare: async ({ connection, params }): Promise<PreparedCommand> => {
    const volume = textParam(params, 'volume');
    return {
      columns: columnsFor(params),
      async ask(node, options): Promise<Answer> {
        if (volume !== '') await checkVolume(connection, volume, { node, ...options });
        const { mounts, isCut } = await mountedVolumes(connection, volume, { node, ...options });
        if (volume !== '' && mounts.length === 0) {
          const message = `Volume ${quoted(volume)} of ${node} is not mounted.`;
          throw new Failed({ code: 'precondition', message, where: { node } });
        }
        const volumes: VolumeRoom[] = [];
        for (const mount of mounts) {
          try {
            const { value } = await connection.unary(
              '/machine.StorageService/Statfs',
              { path: mount.target },
              { node, ...options },
            );
            volumes.push({ ...mount, room: value, error: '' });
          } catch (error) {
            const why = connection.explain(error, { node });
            // Only what is wrong with this one volume leaves the others to be shown.
            if (isCancelled(error) || !ABOUT_ONE.has(why.code)) throw error;
            volumes.push({ ...mount, room: undefined, error: why.message });
          }
        }
        return { volumes, isCut };
      },
      // What `ask` resolved with.
      rows: (answer) => (answer as Answer).volumes.map((one) => volumeRow(one, params)),
      notes: (answer) => notesOf(answer as Answer),
    };
  },
};

/** Codes of what a node says about a path, not about itself. */
const ABOUT_ONE: ReadonlySet<string> = new Set(['not-found', 'precondition', 'invalid', 'internal']);

function notesOf({ volumes, isCut }: Answer): readonly string[] {
  const unknown = volumes.filter(({ error }) => error !== '');
  return [
    ...(isCut ? [`Only the first ${volumes.length} mounts are shown; the node has more.`] : []),
    ...unknown.slice(0, 3).map(({ target, error }) => `error calling statfs on ${quoted(target)}: ${error}`),
  ];
}
