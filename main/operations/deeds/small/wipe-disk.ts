import { textParam, wrong } from '../../commands/kit/params.ts';
import type { CommandParams } from '../../commands/kit/definition.ts';
import { quoted } from '../../quoted.ts';
import type { DevicePlace, NodeStorage } from '../../storage/node-storage.ts';
import { readStorage } from '../../storage/read-storage.ts';
import { findDevice, placeWords, whyInUse } from '../../storage/storage-words.ts';
import { lostIn, lostOnDisk } from '../../storage/what-goes.ts';
import type { DeedDefinition } from '../kit/definition.ts';
import { lookUntil, type Found } from '../kit/look-until.ts';
import { lookUpByReading } from '../kit/look-up-by-reading.ts';
import { planDeed, type ReadCall, type MachineReading } from '../kit/plan-deed.ts';
import { onlyOne } from './one-machine.ts';

/** Zeroes are written over a whole disk. */
const WIPE_WITHIN_MS = 24 * 3_600_000;
const CHECKS_STAY = { takesValue: false, note: 'Minos leaves the checks of the machine on.' } as const;

/** `talosctl wipe disk DEVICE…` (docs/talos-behaviour.md §6.4). */
export const wipeDisk: DeedDefinition = {
  id: 'wipe-disk',
  title: 'Wipe a disk or a partition',
  about: 'What is on it is gone for good. Only what nothing uses can be wiped; a reset wipes the disk of Talos.',
  method: '/storage.StorageService/BlockDeviceWipe',
  params: [
    { id: 'devices', title: 'Disks or partitions', kind: 'list', required: true },
    {
      ...{ id: 'method', title: 'Method', kind: 'choice', required: false },
      ...{ choices: ['FAST', 'ZEROES'], initial: 'FAST' },
    },
    { id: 'drop', title: 'Take the partition out of the table, too', kind: 'flag', required: false, initial: false },
  ],
  syntax: {
    names: ['wipe disk'],
    rest: 'devices',
    flags: [
      { long: 'method', takesValue: true, param: 'method' },
      { long: 'drop-partition', takesValue: false, param: 'drop' },
      { long: 'skip-volume-check', ...CHECKS_STAY },
      { long: 'skip-secondary-check', ...CHECKS_STAY },
    ],
  },
  check: (params) => {
    const name = devicesOf(params).find((each) => !/^[A-Za-z0-9._-]{1,64}$/.test(each));
    if (name !== undefined) throw wrong('devices', `"${name}" is no name of a device, such as sdb or nvme0n1p4.`);
  },
  lookUp: lookUpByReading,
  plan: (params, tools) => {
    const devices = devicesOf(params);
    const names = devices.map((name) => quoted(name)).join(', ');
    const method = textParam(params, 'method') === 'ZEROES' ? 'ZEROES' : 'FAST';
    const drops = params['drop'] === true;
    return planDeed(
      wipeDisk,
      { ...params, devices: devices.join(',') },
      {
        deed: (where) => `Wipe ${names} of ${where}`,
        past: (where) => `Wiped ${names} of ${where}`,
        risk: 'destroys',
        isTyped: true,
        does: `${
          method === 'ZEROES'
            ? 'Zeroes are written over all of it, which may take hours.'
            : 'What tells that there is something on it is erased; the rest stays until it is written over.'
        } Nothing brings it back.${drops ? ' The partition is taken out of the table of its disk.' : ''}`,
        ...onlyOne(tools.machines),
        read: async (call) => {
          const { isDone, ...reading } = await readDevices(devices, drops, call);
          // Zeroes begin where what tells of content stands: nothing shows how far they came.
          return method === 'ZEROES' || isDone === undefined ? reading : { ...reading, isDone };
        },
        work: {
          call: {
            method: '/storage.StorageService/BlockDeviceWipe',
            request: { devices: devices.map((device) => ({ device, method, drop_partition: drops })) },
            deadlineMs: method === 'ZEROES' ? WIPE_WITHIN_MS : 120_000,
          },
          look: ({ node }, signal) =>
            lookUntil(tools.clock, signal, async () => {
              const storage = await readStorage(tools.caller(), { node, signal });
              return howTheyAre(storage, devices);
            }),
        },
      },
      tools,
    );
  },
};

const devicesOf = (params: CommandParams): readonly string[] => [
  ...new Set(
    textParam(params, 'devices')
      .split(',')
      // People write the path, talosctl wants the name.
      .map((name) => name.trim().replace(/^\/dev\//, '')),
  ),
];

async function readDevices(names: readonly string[], drops: boolean, call: ReadCall): Promise<MachineReading> {
  const storage = await readStorage(call.caller, call);
  const found = names.map((name) => ({ name, device: findDevice(storage, name) }));
  const refused = found.flatMap(({ name, device }) => {
    const why = device === undefined ? `It has no device ${quoted(name)}.` : whyNot(device, drops);
    return why === undefined ? [] : [why];
  });
  // A disk that somebody took out was not wiped by that.
  const isSeen = drops || found.every(({ device }) => device !== undefined);
  return {
    ...(isSeen && { isDone: names.every((name) => isEmpty(storage, name)) }),
    now: found.map(({ name, device }) => (device === undefined ? `no ${quoted(name)}` : placeWords(device))).join('; '),
    loses: found.flatMap(({ device }) =>
      device === undefined
        ? []
        : device.partition === undefined
          ? lostOnDisk(storage, device.disk)
          : lostIn(storage, device.partition, 0),
    ),
    ...(refused.length > 0 && { refused: refused.join(' ') }),
  };
}

/** Parts of the disk of Talos that no volume stands for: without them the machine does not start any more. */
const STARTS_FROM: readonly string[] = ['EFI', 'BIOS', 'BOOT', 'META', 'STATE'];

/** What the machine would refuse (docs/talos-behaviour.md §6.4), in words that say the way out. */
function whyNot({ disk, partition }: DevicePlace, drops: boolean): string | undefined {
  const { name } = partition ?? disk;
  if (disk.isSystem && partition === undefined)
    return `${quoted(name)} is the disk that Talos runs from: only a reset wipes it.`;
  if (drops && partition === undefined) return `${quoted(name)} is a whole disk, and stands in no table of partitions.`;
  if (disk.isReadOnly) return `${quoted(name)} can only be read.`;
  if (disk.isCdrom) return `${quoted(name)} is a CD-ROM.`;
  for (const each of partition === undefined ? [disk, ...disk.partitions] : [partition]) {
    const why = whyInUse(each);
    if (why !== undefined) return why;
  }
  if (disk.isSystem && partition !== undefined && STARTS_FROM.includes(partition.partitionLabel))
    return `${quoted(name)} is ${quoted(partition.partitionLabel)}, which the machine starts from: only a reset wipes it.`;
  return undefined;
}

/** What is found on devices now; a partition that was taken out of its table is not there. */
function howTheyAre(storage: NodeStorage, names: readonly string[]): Found {
  const full = names.filter((name) => !isEmpty(storage, name));
  if (full.length > 0) return { words: `Something is still found on ${full.join(', ')}`, isWanted: false };
  const away = names.filter((name) => findDevice(storage, name) === undefined);
  const words = [
    ...(away.length < names.length ? ['Nothing is found on it'] : []),
    ...(away.length > 0 ? [`${away.join(', ')} is not there any more`] : []),
  ];
  return { words: words.join('; '), isWanted: true };
}

function isEmpty(storage: NodeStorage, name: string): boolean {
  const found = findDevice(storage, name);
  if (found === undefined) return true;
  const { disk, partition } = found;
  return partition === undefined ? disk.content === '' && disk.partitions.length === 0 : partition.content === '';
}
