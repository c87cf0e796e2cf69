import { stream, unary, type AnswerContext, type AnswerEntry } from '../endpoint/answer.ts';
import { invalidArgument, notFound } from '../endpoint/errors.ts';
import type { ImageShelf } from '../node/image-store.ts';
import { podsOf, systemContainers } from '../node/workload.ts';
import { steadyHex, steadyInt } from '../wire/random.ts';
import { timestamp } from '../wire/timestamp.ts';

const PAUSE_IMAGE = 'registry.k8s.io/pause:3.10.1';
const DIGEST_DIGITS = 64;
const MEGABYTE = 1_000_000;
const DAY_MS = 86_400_000;

type LayerStatus = 'DOWNLOADING' | 'DOWNLOAD_COMPLETE' | 'EXTRACTING' | 'EXTRACT_COMPLETE' | 'ALREADY_EXISTS';

/** Each image by its name, which is in the store once however many containers use it. */
function images(shelf: ImageShelf, { node }: AnswerContext) {
  const ofPods = podsOf(node).flatMap((pod) => pod.containers.map(({ image }) => image));
  const ofSystem = systemContainers(node).map(({ image }) => image);
  const named = shelf === 'pods' ? [PAUSE_IMAGE, ...ofPods] : shelf === 'system' ? ofSystem : [];
  const brought = named.filter((image) => image !== '');
  return [...node.machine.images.listed(shelf, brought)].sort().map((name) => ({
    name,
    digest: `sha256:${steadyHex(DIGEST_DIGITS, 0, name)}`,
    size: String(name === PAUSE_IMAGE ? 742_000 : steadyInt(9, 420, 0, name, 'size') * MEGABYTE),
    created_at: timestamp(node.bootedAtMs - steadyInt(1, 60, 0, name, 'age') * DAY_MS),
  }));
}

function placeOf(driver: string | number | undefined, namespace: string | number | undefined): ImageShelf {
  if (driver === 'CONTAINERD' && namespace === 'NS_SYSTEM') return 'memory';
  if (namespace === 'NS_CRI') return 'pods';
  if (namespace === 'NS_SYSTEM') return 'system';
  throw invalidArgument('unsupported containerd instance');
}

/** The whole name, as containerd keeps it: `nginx` is `docker.io/library/nginx:latest`. */
function wholeName(image: string): string {
  const [first = '', ...more] = image.split('/');
  const isHost = more.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const named = isHost ? image : `docker.io/${more.length === 0 ? 'library/' : ''}${image}`;
  return /[:@][^/]*$/.test(named) ? named : `${named}:latest`;
}

const STEPS = 4;
const STEP_MS = 150;

/** Pulls an image: each layer is downloaded and unpacked in steps. A registry called `missing` has nothing. */
async function* pull(shelf: ImageShelf, image: string, context: AnswerContext) {
  if (image === '' || image.includes('missing')) throw notFound(`error pulling image: ${image}: not found`);
  const { machine } = context.node;
  const whole = wholeName(image);
  const isThere = images(shelf, context).some(({ name }) => name === whole);
  for (const layer of ['a', 'b', 'c']) {
    const layer_id = `sha256:${steadyHex(DIGEST_DIGITS, 0, image, layer)}`;
    const total = steadyInt(2, 60, 0, image, layer, 'size') * MEGABYTE;
    const told = (status: LayerStatus, offset: number) => ({
      pull_progress: { layer_id, progress: { status, offset: String(offset), total: String(total) } },
    });
    if (isThere) {
      yield told('ALREADY_EXISTS', 0);
      continue;
    }
    for (let step = 0; step < STEPS; step += 1) {
      yield told('DOWNLOADING', Math.round((total * step) / STEPS));
      await context.wait(STEP_MS);
    }
    yield told('DOWNLOAD_COMPLETE', total);
    yield told('EXTRACTING', 0);
    yield told('EXTRACT_COMPLETE', 0);
  }
  machine.images.add(shelf, whole);
  yield { name: whole };
}

function remove(shelf: ImageShelf, image: string, context: AnswerContext): void {
  if (!images(shelf, context).some(({ name }) => name === image)) throw notFound(`image ${image} not found`);
  context.node.machine.images.remove(shelf, image);
}

/** Images of a node: with labels since 1.13, and by the call that older ones have. */
export const imageAnswers: readonly AnswerEntry[] = [
  stream('/machine.ImageService/List', function* ({ containerd }, context) {
    for (const image of images(placeOf(containerd?.driver, containerd?.namespace), context)) {
      yield { ...image, labels: { 'io.cri-containerd.image': 'managed' } };
    }
  }),
  stream('/machine.ImageService/Pull', ({ containerd, image_ref: image }, context) =>
    pull(placeOf(containerd?.driver, containerd?.namespace), image, context),
  ),
  unary('/machine.ImageService/Remove', ({ containerd, image_ref: image }, context) => {
    remove(placeOf(containerd?.driver, containerd?.namespace), image, context);
    return {};
  }),
  unary('/machine.MachineService/ImagePull', async ({ namespace, reference }, context) => {
    for await (const _ of pull(placeOf('CRI', namespace), reference, context));
    return { messages: [{}] };
  }),
  stream('/machine.MachineService/ImageList', (request, context) => images(placeOf('CRI', request.namespace), context)),
];
