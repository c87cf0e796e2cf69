import { stream, unary, type AnswerEntry } from '../endpoint/answer.ts';
import { failedPrecondition, internal, invalidArgument, unknownError } from '../endpoint/errors.ts';
import { steadyUuid } from '../wire/random.ts';

/** Between two lines of the installer. */
const LINE_MS = 50;

/** `v1.14.0` of an image; what has none installs what runs already. */
const tagOf = (image: string): string | undefined => /:(v[\w.-]+)(?:@|$)/.exec(image)?.[1];

const LINES = [
  'verifying system extensions',
  'writing boot assets',
  'installing UKI to the other slot',
  'installation of the new version complete',
];

/** Upgrades: by the newer service beside the running version, by the older call in one go with a reboot. */
export const upgradeAnswers: readonly AnswerEntry[] = [
  stream('/machine.LifecycleService/Upgrade', async function* ({ source }, context) {
    const { node } = context;
    const image = source?.image_name ?? '';
    if (image === '') throw invalidArgument('installer image name is required');
    if (node.isInstalling) throw failedPrecondition('another installation/upgrade is already in progress');
    if (!node.machine.images.listed('system', []).includes(image))
      throw internal(`upgrade failed: installer image "${image}" not found in containerd store: not found`);
    const { installerEnds = 0 } = node.ills;
    node.isInstalling = true;
    try {
      for (const message of installerEnds === 0 ? LINES : [...LINES.slice(0, 2), 'error: it did not work']) {
        await context.wait(LINE_MS);
        yield { progress: { message: `${message}\n` } };
      }
      if (installerEnds === 'silent') return;
      if (installerEnds === 0) node.install(tagOf(image));
      yield { progress: { exit_code: installerEnds } };
    } finally {
      node.isInstalling = false;
    }
  }),
  unary('/machine.MachineService/Upgrade', ({ image }, { node, nowMs }) => {
    if (image === '' || image.includes('missing'))
      throw unknownError(`error validating installer image "${image}": failed to pull image: not found`);
    const actor = steadyUuid(node.facts.seed, node.name, 'actor', nowMs());
    node.install(tagOf(image));
    node.reboot(actor);
    return { messages: [{ ack: 'Upgrade request received', actor_id: actor }] };
  }),
];
