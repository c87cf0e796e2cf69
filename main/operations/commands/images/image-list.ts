import { momentCell, wholeCell } from '../kit/cells.ts';
import { cutNote, type Collected } from '../kit/collect.ts';
import type { RowsCommand, PreparedCommand, Row } from '../kit/definition.ts';
import { imagePlace, NAMESPACE_PARAM, readImages, type Image } from './read-images.ts';

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
  params: [NAMESPACE_PARAM],
  columns: [
    { id: 'image', title: 'IMAGE', kind: 'text' },
    { id: 'digest', title: 'DIGEST', kind: 'text' },
    { id: 'size', title: 'SIZE', kind: 'bytes' },
    { id: 'labels', title: 'LABELS', kind: 'text' },
    { id: 'created', title: 'CREATED', kind: 'time' },
  ],
  hasDetail: false,

  prepare: async ({ connection, params }): Promise<PreparedCommand> => {
    const place = imagePlace(params);
    return {
      columns: imageList.columns,
      ask: (node, options) => readImages(connection, place, { node, ...options }),
      // What `ask` resolved with.
      rows: (answer) => (answer as Collected<Image>).items.map(imageRow),
      notes: (answer) => cutNote(answer as Collected<Image>),
    };
  },
};
