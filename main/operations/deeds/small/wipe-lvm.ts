import { textParam, wrong } from '../../commands/kit/params.ts';
import type { AnyDeedCall } from '../../plans/plan.ts';
import { quoted } from '../../quoted.ts';
import type { NodeStorage } from '../../storage/node-storage.ts';
import { readStorage } from '../../storage/read-storage.ts';
import { contentWords, diskSize, findDevice, placeWords, whyInUse } from '../../storage/storage-words.ts';
import { lostIn, lostVolumes } from '../../storage/what-goes.ts';
import type { DeedDefinition } from '../kit/definition.ts';
import { lookUntil } from '../kit/look-until.ts';
import { lookUpByReading } from '../kit/look-up-by-reading.ts';
import { planDeed, type MachineReading } from '../kit/plan-deed.ts';
import { CHANGE_WITHIN_MS } from '../kit/read-within.ts';
import { talosVersion, whyTooOld } from '../kit/talos-version.ts';
import { onlyOne } from './one-machine.ts';

/** Machines have LVMService and MDService since. */
const SINCE = [1, 14] as const;

/** One of `wipe lv`, `vg`, `pv` and `md`: they differ in what they look for. */
interface Kind {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly name: string;
  readonly param: string;
  /** `logical volume`. */
  readonly word: string;
  readonly does: string;
  /** Throws Failed `invalid` for what cannot be a name of one. */
  readonly check: (name: string) => void;
  readonly read: (storage: NodeStorage, name: string) => MachineReading | undefined;
  readonly call: (name: string) => AnyDeedCall;
}

const DEVICE = /^\/dev\/[A-Za-z0-9/._-]{1,120}$/;
const GONE = 'What is on it is gone for good.';

const KINDS: readonly Kind[] = [
  {
    id: 'wipe-lv',
    title: 'Remove a logical volume',
    about: 'What is on it is gone for good; its room goes back to the volume group.',
    ...{ name: 'wipe lv', param: 'Volume group and logical volume', word: 'logical volume' },
    does: `${GONE} Its room goes back to the volume group.`,
    check: (name) => {
      if (splitVolume(name) === undefined) throw wrong('name', `"${name}" is no logical volume: write group/volume.`);
    },
    read: ({ groups }, name) => {
      const [group, volume] = splitVolume(name) ?? [];
      const found = groups.find((each) => each.name === group);
      const only = found?.volumes.find((each) => each.name === volume);
      if (found === undefined || only === undefined) return undefined;
      return {
        now: `${diskSize(only.size)}, ${contentWords(only)}${only.isOpen ? ', open' : ''}`,
        loses: lostVolumes({ ...found, volumes: [only] }, 0),
        ...(only.isOpen && { refused: `${quoted(name)} is in use: something has it open.` }),
      };
    },
    call: (name) => {
      const [group = '', volume = ''] = splitVolume(name) ?? [];
      return {
        method: '/machine.LVMService/LogicalVolumeRemove',
        request: { volume_group: group, logical_volume: volume },
        deadlineMs: CHANGE_WITHIN_MS,
      };
    },
  },
  {
    id: 'wipe-vg',
    title: 'Remove a volume group',
    about: 'All of its logical volumes go with it.',
    ...{ name: 'wipe vg', param: 'Volume group', word: 'volume group' },
    does: 'All of its logical volumes go with it, and what is on them is gone for good.',
    check: checkWord,
    read: ({ groups }, name) => {
      const found = groups.find((each) => each.name === name);
      if (found === undefined) return undefined;
      const open = found.volumes.find(({ isOpen }) => isOpen);
      return {
        now: `on ${found.devices.join(', ')}: ${found.volumes.map((each) => `${each.name} ${diskSize(each.size)}`).join(', ') || 'no logical volume'}`,
        loses: [{ name, depth: 0, what: `volume group on ${found.devices.join(', ')}` }, ...lostVolumes(found, 1)],
        ...(open && { refused: `${quoted(`${name}/${open.name}`)} is in use: something has it open.` }),
      };
    },
    call: (name) => ({
      method: '/machine.LVMService/VolumeGroupRemove',
      request: { volume_group: name },
      deadlineMs: CHANGE_WITHIN_MS,
    }),
  },
  {
    id: 'wipe-pv',
    title: 'Remove a physical volume',
    about: 'The device is no physical volume of LVM any more; only one that is in no volume group.',
    ...{ name: 'wipe pv', param: 'Device', word: 'physical volume' },
    does: 'The device is no physical volume of LVM any more.',
    check: checkDevice,
    read: (storage, name) => {
      const found = findDevice(storage, name.replace('/dev/', ''));
      const device = found?.partition ?? found?.disk;
      if (found === undefined || device?.content !== 'lvm2-pv') return undefined;
      const refused = whyInUse(device);
      return {
        now: placeWords(found),
        loses: lostIn(storage, device, 0),
        ...(refused !== undefined && { refused }),
      };
    },
    call: (name) => ({
      method: '/machine.LVMService/PhysicalVolumeRemove',
      request: { device: name },
      deadlineMs: CHANGE_WITHIN_MS,
    }),
  },
  {
    id: 'wipe-md',
    title: 'Destroy an array of disks',
    about: 'The array is stopped, and its members are no members any more.',
    ...{ name: 'wipe md', param: 'Array', word: 'array' },
    does: `The array is stopped, and its members are no members any more. ${GONE}`,
    check: checkDevice,
    read: (storage, name) => {
      const found = storage.arrays.find(({ path }) => path === name);
      if (found === undefined) return undefined;
      const on = [found, ...found.partitions];
      const refused = on.map(whyInUse).find((why) => why !== undefined);
      return {
        now: `${found.level} of ${found.members.join(', ')}: ${on.map(contentWords).join('; ')}`,
        loses: [
          ...on.flatMap((each) => lostIn(storage, each, each === found ? 0 : 1)),
          ...found.members.map((member) => ({ name: member, depth: 1, what: 'member of the array' })),
        ],
        ...(refused !== undefined && { refused }),
      };
    },
    call: (name) => ({ method: '/machine.MDService/Destroy', request: { device: name }, deadlineMs: CHANGE_WITHIN_MS }),
  },
];

/** `talosctl wipe lv|vg|pv|md` (docs/talos-behaviour.md §6.4). */
export const WIPES_OF_LVM: readonly DeedDefinition[] = KINDS.map(deedOf);

function deedOf(kind: Kind): DeedDefinition {
  const definition: DeedDefinition = {
    ...{ id: kind.id, title: kind.title, about: kind.about },
    method: kind.call('').method,
    params: [{ id: 'name', title: kind.param, kind: 'text', required: true }],
    syntax: { names: [kind.name], positionals: ['name'] },
    check: (params) => kind.check(textParam(params, 'name')),
    lookUp: lookUpByReading,
    plan: (params, tools) => {
      const name = textParam(params, 'name');
      return planDeed(
        definition,
        params,
        {
          deed: (where) => `${kind.title.split(' ')[0] ?? ''} ${kind.word} ${quoted(name)} of ${where}`,
          past: (where) =>
            `${kind.id === 'wipe-md' ? 'Destroyed' : 'Removed'} ${kind.word} ${quoted(name)} of ${where}`,
          risk: 'destroys',
          isTyped: true,
          does: kind.does,
          ...onlyOne(tools.machines),
          read: async (call) => {
            const tooOld = whyTooOld(await talosVersion(call), SINCE);
            if (tooOld !== undefined) return { now: 'not asked', refused: tooOld };
            const found = kind.read(await readStorage(call.caller, call), name);
            if (found !== undefined) return { ...found, isDone: false };
            return { now: 'not there', isDone: true, refused: `It has no ${kind.word} ${quoted(name)}.` };
          },
          work: {
            call: kind.call(name),
            look: ({ node }, signal) =>
              lookUntil(tools.clock, signal, async () => {
                const isWanted = kind.read(await readStorage(tools.caller(), { node, signal }), name) === undefined;
                return { words: isWanted ? 'It is gone' : 'It is still there', isWanted };
              }),
          },
        },
        tools,
      );
    },
  };
  return definition;
}

function splitVolume(name: string): readonly [string, string] | undefined {
  const read = /^([A-Za-z0-9+_.][A-Za-z0-9+_.-]*)\/([A-Za-z0-9+_.][A-Za-z0-9+_.-]*)$/.exec(name);
  return read === null ? undefined : [read[1] ?? '', read[2] ?? ''];
}

function checkWord(name: string): void {
  if (!/^[A-Za-z0-9+_.][A-Za-z0-9+_.-]*$/.test(name)) throw wrong('name', `"${name}" is no name of a volume group.`);
}

function checkDevice(name: string): void {
  if (!DEVICE.test(name)) throw wrong('name', `"${name}" is no path of a device, such as /dev/sdb1.`);
}
