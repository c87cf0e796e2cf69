import { containerPlace } from '../../commands/containers/kubernetes-param.ts';
import {
  imagePlace,
  NAMESPACE_PARAM,
  readImages,
  type Image,
  type ImagePlace,
} from '../../commands/images/read-images.ts';
import type { CommandParams } from '../../commands/kit/definition.ts';
import { textParam } from '../../commands/kit/params.ts';
import { quoted } from '../../quoted.ts';
import type { DeedDefinition } from '../kit/definition.ts';
import { lookUpByReading } from '../kit/look-up-by-reading.ts';
import { lookUntil } from '../kit/look-until.ts';
import { planDeed, type ReadCall, type MachineReading } from '../kit/plan-deed.ts';
import { CHANGE_WITHIN_MS, READ_WITHIN_MS } from '../kit/read-within.ts';
import { talosVersion, whyTooOld } from '../kit/talos-version.ts';

/** Machines have ImageService since. */
export const IMAGE_SERVICE_SINCE = [1, 13] as const;

/** `talosctl image remove REF` (docs/talos-behaviour.md §6.4). The machine does not look whether a container uses it; the plan does. */
export const imageRemove: DeedDefinition = {
  id: 'image-remove',
  title: 'Remove an image',
  about: 'It is gone from the store of the machine; whatever needs it later pulls it again.',
  method: '/machine.ImageService/Remove',
  params: [{ id: 'image', title: 'Image', kind: 'text', required: true }, NAMESPACE_PARAM],
  syntax: {
    names: ['image remove', 'image rm', 'images remove', 'images rm'],
    positionals: ['image'],
    flags: [{ long: 'namespace', takesValue: true, param: NAMESPACE_PARAM.id }],
  },
  lookUp: lookUpByReading,
  plan: (params, tools) => {
    const image = textParam(params, 'image');
    const { containerd } = imagePlace(params);
    return planDeed(
      imageRemove,
      params,
      {
        deed: (where) => `Remove image ${quoted(image)} from ${where}`,
        past: (where) => `Removed image ${quoted(image)} from ${where}`,
        risk: 'destroys',
        does: `${quoted(image)} is gone; whatever needs it later pulls it again, if its registry still has it.`,
        read: (call) => readForRemoval(params, call),
        work: {
          call: {
            method: '/machine.ImageService/Remove',
            request: { containerd, image_ref: image },
            deadlineMs: CHANGE_WITHIN_MS,
          },
          look: ({ node }, signal) =>
            lookUntil(tools.clock, signal, async () => {
              const found = await findImage(imagePlace(params), image, { caller: tools.caller(), node, signal });
              return { words: found === undefined ? 'It is gone' : 'It is still there', isWanted: found === undefined };
            }),
        },
      },
      tools,
    );
  },
};

/** An image of a machine by its exact name; undefined when it has none. Throws what the call throws. */
export async function findImage(
  place: ImagePlace,
  image: string,
  { caller, node, signal }: ReadCall,
): Promise<Image | undefined> {
  const { items } = await readImages(caller, place, { node, deadlineMs: READ_WITHIN_MS, signal });
  return items.find(({ name }) => name === image);
}

async function readForRemoval(params: CommandParams, call: ReadCall): Promise<MachineReading> {
  const image = textParam(params, 'image');
  const place = imagePlace(params);
  const tooOld = whyTooOld(await talosVersion(call), IMAGE_SERVICE_SINCE);
  if (tooOld !== undefined) return { now: 'not asked', refused: tooOld };
  const found = await findImage(place, image, call);
  if (found === undefined)
    return { now: 'not there', isDone: true, refused: `It has no image ${quoted(image)} there.` };
  const users = await usersOf(place, found, call);
  return {
    isDone: false,
    now: `${found.digest.slice(0, 19) || 'there'}, used by ${users.length === 0 ? 'no container' : listed(users)}`,
    ...(users.length > 0 && {
      effects: [`${listed(users)} run from it. They go on, but cannot be started anew without it.`],
    }),
  };
}

/** Containers that run from an image. */
async function usersOf(
  { containerd }: ImagePlace,
  { name, digest }: Image,
  call: ReadCall,
): Promise<readonly string[]> {
  const { caller, node, signal } = call;
  const place = containerPlace({ kubernetes: containerd.namespace === 'NS_CRI' });
  const options = { node, deadlineMs: READ_WITHIN_MS, signal };
  const { value } = await caller.unary('/machine.MachineService/Containers', place, options);
  return value.messages
    .flatMap(({ containers }) => containers)
    .filter(({ image }) => image === name || (digest !== '' && image === digest))
    .map(({ id }) => id);
}

const MOST_NAMES = 3;

function listed(ids: readonly string[]): string {
  const more = ids.length - MOST_NAMES;
  return [...ids.slice(0, MOST_NAMES).map(quoted), ...(more > 0 ? [`${more} more`] : [])].join(', ');
}
