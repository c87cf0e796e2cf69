import { stream, type AnswerContext, type AnswerEntry } from '../endpoint/answer.ts';
import { invalidArgument } from '../endpoint/errors.ts';
import { podsOf, systemContainers } from '../node/workload.ts';
import { steadyHex, steadyInt } from '../wire/random.ts';
import { timestamp } from '../wire/timestamp.ts';

const PAUSE_IMAGE = 'registry.k8s.io/pause:3.10.1';
const DIGEST_DIGITS = 64;
const MEGABYTE = 1_000_000;
const DAY_MS = 86_400_000;

type Place = 'pods' | 'system' | 'memory';

/** Each image by its name, which is in the store once however many containers use it. */
function images(place: Place, { node }: AnswerContext) {
  const ofPods = podsOf(node).flatMap((pod) => pod.containers.map(({ image }) => image));
  const ofSystem = systemContainers(node).map(({ image }) => image);
  const named = place === 'pods' ? [PAUSE_IMAGE, ...ofPods] : place === 'system' ? ofSystem : [];
  return [...new Set(named)]
    .filter((image) => image !== '')
    .sort()
    .map((name) => ({
      name,
      digest: `sha256:${steadyHex(DIGEST_DIGITS, 0, name)}`,
      size: String(name === PAUSE_IMAGE ? 742_000 : steadyInt(9, 420, 0, name, 'size') * MEGABYTE),
      created_at: timestamp(node.bootedAtMs - steadyInt(1, 60, 0, name, 'age') * DAY_MS),
    }));
}

function placeOf(driver: string | number | undefined, namespace: string | number | undefined): Place {
  if (driver === 'CONTAINERD' && namespace === 'NS_SYSTEM') return 'memory';
  if (namespace === 'NS_CRI') return 'pods';
  if (namespace === 'NS_SYSTEM') return 'system';
  throw invalidArgument('unsupported containerd instance');
}

/** Images of a node: with labels since 1.13, and by the call that older ones have. */
export const imageAnswers: readonly AnswerEntry[] = [
  stream('/machine.ImageService/List', function* ({ containerd }, context) {
    for (const image of images(placeOf(containerd?.driver, containerd?.namespace), context)) {
      yield { ...image, labels: { 'io.cri-containerd.image': 'managed' } };
    }
  }),
  stream('/machine.MachineService/ImageList', (request, context) => images(placeOf('CRI', request.namespace), context)),
];
