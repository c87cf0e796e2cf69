import { Failed } from '../../../lib/failed.ts';
import { imagePlace, NAMESPACE_PARAM } from '../../commands/images/read-images.ts';
import type { CommandParams } from '../../commands/kit/definition.ts';
import { textParam } from '../../commands/kit/params.ts';
import type { AnyDeedCall } from '../../plans/plan.ts';
import { quoted } from '../../quoted.ts';
import type { DeedDefinition } from '../kit/definition.ts';
import { lookUpByReading } from '../kit/look-up-by-reading.ts';
import { planDeed, type MachineReading, type ReadCall } from '../kit/plan-deed.ts';
import { talosVersion, whyTooOld } from '../kit/talos-version.ts';
import { findImage, IMAGE_SERVICE_SINCE } from './image-remove.ts';
import { PullProgress } from './pull-progress.ts';

/** A large image over a thin line. */
const PULL_WITHIN_MS = 30 * 60_000;
/** What is kept of a machine that did not have the image. */
const NONE = 'none';

/**
 * `talosctl image pull REF` (docs/talos-behaviour.md §6.4). The machine pulls, by its own mirrors, sign-ins and rules. talosctl asks all
 * machines by the older call when one of them is old; Minos only that one.
 */
export const imagePull: DeedDefinition = {
  id: 'image-pull',
  title: 'Pull an image',
  about: 'Each machine pulls it from the registry, by its own mirrors and sign-ins.',
  method: '/machine.ImageService/Pull',
  params: [{ id: 'image', title: 'Image', kind: 'text', required: true }, NAMESPACE_PARAM],
  syntax: {
    names: ['image pull', 'image p', 'images pull', 'images p'],
    positionals: ['image'],
    flags: [{ long: 'namespace', takesValue: true, param: NAMESPACE_PARAM.id }],
  },
  lookUp: async (tools) => {
    const came = await lookUpByReading(tools);
    if (came.kind !== 'not-done' || tools.before.trace === NONE) return came;
    return { kind: 'unknown', text: `${came.text} So it is after a pull as well that found nothing newer.` };
  },
  plan: (params, tools) => {
    const image = textParam(params, 'image');
    /** Machines that only have the older call, as they were read last: right before each is asked. */
    const old = new Set<string>();
    /** How each machine calls what it pulled: `nginx` is `docker.io/library/nginx:latest`. */
    const names = new Map<string, string>();
    return planDeed(
      imagePull,
      params,
      {
        deed: (where) => `Pull image ${quoted(image)} on ${where}`,
        past: (where) => `Pulled image ${quoted(image)} on ${where}`,
        risk: 'interrupts',
        does: `Each machine pulls ${quoted(image)} from its registry, which takes room on its disk. Nothing is started from it.`,
        read: (call) => readForPull(params, old, call),
        settlesMs: PULL_WITHIN_MS,
        work: {
          acts: ({ node }) => [
            {
              kind: 'call',
              what: 'Pulls',
              isLookedUp: true,
              call: () => callOf(params, old.has(node), (name) => void names.set(node, name)),
            },
            {
              kind: 'work',
              what: 'Looks whether it is there',
              run: async ({ signal }) => {
                const name = names.get(node) ?? image;
                const found = await findImage(imagePlace(params), name, { caller: tools.caller(), node, signal });
                if (found !== undefined) return `It is there: ${found.digest.slice(0, 19)}.`;
                throw new Failed({ code: 'maybe-done', message: 'The image is not there. It may still be coming.' });
              },
            },
          ],
        },
      },
      tools,
    );
  },
};

async function readForPull(params: CommandParams, old: Set<string>, call: ReadCall): Promise<MachineReading> {
  const tag = await talosVersion(call);
  const isOld = whyTooOld(tag, IMAGE_SERVICE_SINCE) !== undefined;
  if (isOld) old.add(call.node);
  else old.delete(call.node);
  const place = imagePlace(params);
  if (isOld && place.legacy === undefined) {
    return { now: tag, refused: 'Before Talos 1.13 no image can be pulled into memory.' };
  }
  const found = await findImage(place, textParam(params, 'image'), call);
  if (found === undefined) return { now: 'not there', trace: NONE };
  return {
    trace: found.digest,
    now: `there, ${found.digest.slice(0, 19)}`,
    effects: ['It has the image already: it is pulled again only if the registry has another one by that name.'],
  };
}

/** The request of a machine, by the call that its version has. */
function callOf(params: CommandParams, isOld: boolean, onNamed: (name: string) => void): AnyDeedCall {
  const image = textParam(params, 'image');
  const { containerd, legacy } = imagePlace(params);
  if (isOld && legacy !== undefined) {
    return {
      method: '/machine.MachineService/ImagePull',
      request: { namespace: legacy, reference: image },
      deadlineMs: PULL_WITHIN_MS,
    };
  }
  const progress = new PullProgress();
  return {
    method: '/machine.ImageService/Pull',
    request: { containerd, image_ref: image },
    deadlineMs: PULL_WITHIN_MS,
    take: (message) => {
      if (message.name !== undefined && message.name !== '') onNamed(message.name);
      return progress.take(message);
    },
  };
}
