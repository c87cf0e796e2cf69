import type { CommandParam } from '../../../../preload/contract/index.ts';
import type { MethodReply } from '../../../talos/method-types.ts';
import type { Caller } from '../../clusters/caller.ts';
import { collect, MAX_MESSAGES, type Collected, type CollectedShare } from '../kit/collect.ts';
import type { CommandParams } from '../kit/definition.ts';
import { textParam } from '../kit/params.ts';

type Listed = MethodReply<'/machine.ImageService/List'>;

/** An image; the labels are missing where the node is too old to tell them. */
export type Image = Omit<Listed, 'labels'> & Partial<Pick<Listed, 'labels'>>;

/** Which containerd talosctl means by a word, and what the older calls know it as. */
const NAMESPACES = {
  cri: { containerd: { driver: 'CRI', namespace: 'NS_CRI' }, legacy: 'NS_CRI' },
  system: { containerd: { driver: 'CRI', namespace: 'NS_SYSTEM' }, legacy: 'NS_SYSTEM' },
  inmem: { containerd: { driver: 'CONTAINERD', namespace: 'NS_SYSTEM' }, legacy: undefined },
} as const;

/** Where images lie. */
export type ImagePlace = (typeof NAMESPACES)[keyof typeof NAMESPACES];

/** `--namespace` of talosctl. */
export const NAMESPACE_PARAM: CommandParam = {
  ...{ id: 'namespace', title: 'Namespace', kind: 'choice', required: false },
  ...{ choices: Object.keys(NAMESPACES), initial: 'cri' },
};

/** What {@link NAMESPACE_PARAM} says. */
export const imagePlace = (params: CommandParams): ImagePlace =>
  NAMESPACES[textParam(params, NAMESPACE_PARAM.id) as keyof typeof NAMESPACES];

/** How one node is asked for its images. */
interface ListCall {
  readonly node: string;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  readonly share?: CollectedShare;
}

/** The images of a node; one that is older than 1.13 is asked with the call it has. Throws what the calls throw. */
export async function readImages(
  caller: Caller,
  { containerd, legacy }: ImagePlace,
  { share, ...call }: ListCall,
): Promise<Collected<Image>> {
  const { node } = call;
  try {
    return await collect<Image>(
      () => caller.serverStream('/machine.ImageService/List', { containerd }, call),
      MAX_MESSAGES,
      share,
    );
  } catch (error) {
    if (legacy === undefined || caller.explain(error, { node }).code !== 'not-supported') throw error;
    return collect<Image>(
      () => caller.serverStream('/machine.MachineService/ImageList', { namespace: legacy }, call),
      MAX_MESSAGES,
      share,
    );
  }
}
