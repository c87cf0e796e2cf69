import { finite, toNumber, twoDigits } from '../kit/cells.ts';
import { unaryCommand } from '../kit/unary-command.ts';

const BYTES_PER_GB = 1_000_000_000;

/** `talosctl mounts` (docs/talos-behaviour.md §6.1): GB; file systems without a size are left out, as talosctl does. */
export const mounts = unaryCommand({
  id: 'mounts',
  title: 'Mounts',
  about: 'Mounted file systems of each node and how full they are.',
  method: '/machine.MachineService/Mounts',
  syntax: { names: ['mounts', 'mount'] },
  params: [],
  columns: [
    { id: 'filesystem', title: 'FILESYSTEM', kind: 'text' },
    { id: 'size', title: 'SIZE(GB)', kind: 'number' },
    { id: 'used', title: 'USED(GB)', kind: 'number' },
    { id: 'available', title: 'AVAILABLE(GB)', kind: 'number' },
    { id: 'percent', title: 'PERCENT USED', kind: 'percent' },
    { id: 'mounted-on', title: 'MOUNTED ON', kind: 'text' },
  ],
  picture: { kind: 'bars', used: 'used', total: 'size', share: 'percent' },
  request: () => ({}),
  rows: (reply) =>
    reply.messages
      .flatMap((message) => message.stats)
      .flatMap((mount) => {
        const size = toNumber(mount.size);
        const available = toNumber(mount.available);
        if (size === 0) return [];
        return [
          [
            mount.filesystem,
            twoDigits(size / BYTES_PER_GB),
            twoDigits((size - available) / BYTES_PER_GB),
            twoDigits(available / BYTES_PER_GB),
            finite((size - available) / size),
            mount.mounted_on,
          ],
        ];
      }),
});
