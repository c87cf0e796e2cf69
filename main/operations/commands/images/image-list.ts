import type { MethodReply } from '../../../talos/method-types.ts';
import { momentCell, wholeCell } from '../kit/cells.ts';
import { collect, cutNote, MAX_MESSAGES, type Collected } from '../kit/collect.ts';
import type { RowsCommand, PreparedCommand, Row } from '../kit/definition.ts';
import { textParam } from '../kit/params.ts';

type Listed = MethodReply<'/machine.ImageService/List'>;

/** An image; the labels are missing where the node is too old to tell them. */
type Image = Omit<Listed, 'labels'> & Partial<Pick<Listed, 'labels'>>;

/** Which containerd talosctl means by a word, and what the older call knows it as. */
const NAMESPACES = {
  cri: { containerd: { driver: 'CRI', namespace: 'NS_CRI' }, legacy: 'NS_CRI' },
  system: { containerd: { driver: 'CRI', namespace: 'NS_SYSTEM' }, legacy: 'NS_SYSTEM' },
  inmem: { containerd: { driver: 'CONTAINERD', namespace: 'NS_SYSTEM' }, legacy: undefined },
} as const;

const labelsText = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(',');

/** One image as talosctl prints it. */
export function imageRow({ name, digest, size, labels, created_at: created }: Image): Row {
  return [name, digest, wholeCell(size), labels === undefined ? null : labelsText(labels), momentCell(created)];
}

/** `talosctl image list` (docs/talos-behaviour.md §6.9). A node older than 1.13 is asked with the call it has. */
export const imageList: RowsCommand = {
  shape: 'rows',
  id: 'images',
  title: 'Images',
  about: 'Container images of each node: those of pods, of Talos itself, or those kept in memory.',
  method: '/machine.ImageService/List',
  syntax: {
    names: ['image list', 'image ls', 'image l', 'images list', 'images ls', 'images l'],
    flags: [{ long: 'namespace', takesValue: true, param: 'namespace' }],
  },
  params: [
    {
      ...{ id: 'namespace', title: 'Namespace', kind: 'choice', required: false },
      ...{ choices: Object.keys(NAMESPACES), initial: 'cri' },
    },
  ],
  columns: [
    { id: 'image', title: 'IMAGE', kind: 'text' },
    { id: 'digest', title: 'DIGEST', kind: 'text' },
    { id: 'size', title: 'SIZE', kind: 'bytes' },
    { id: 'labels', title: 'LABELS', kind: 'text' },
    { id: 'created', title: 'CREATED', kind: 'time' },
  ],
  hasDetail: false,

  prepare: async ({ connection, params }): Promise<PreparedCommand> => {
    const { containerd, legacy } = NAMESPACES[textParam(params, 'namespace') as keyof typeof NAMESPACES];
    return {
      columns: imageList.columns,
      async ask(node, options): Promise<Collected<Image>> {
        try {
          return await collect<Image>(
            () => connection.serverStream('/machine.ImageService/List', { containerd }, { node, ...options }),
            MAX_MESSAGES,
            options.share,
          );
        } catch (error) {
          if (legacy === undefined || connection.explain(error, { node }).code !== 'not-supported') throw error;
          return collect<Image>(
            () =>
              connection.serverStream('/machine.MachineService/ImageList', { namespace: legacy }, { node, ...options }),
            MAX_MESSAGES,
            options.share,
          );
        }
      },
      // What `ask` resolved with.
      rows: (answer) => (answer as Collected<Image>).items.map(imageRow),
      notes: (answer) => cutNote(answer as Collected<Image>),
    };
  },
};
