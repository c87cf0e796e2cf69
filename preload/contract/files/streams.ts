import * as v from 'valibot';
import { call, contextName, nodeName } from '../call.ts';
import { MOST_SHOWN_BYTES, type FileItem, type FolderItem } from './files.ts';

const place = {
  context: contextName,
  node: nodeName,
  /** From `/` on, as typed. */
  path: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)),
};

/** Streams of files of one node. */
export const fileStreams = {
  /** What a folder holds, as the node tells it. Closing the stream cancels it. */
  folder: call<FolderItem>()(v.strictObject(place)),
  /** The content of one regular file: its beginning, or its end and what is written to it while it is followed. */
  file: call<FileItem>()(
    v.strictObject({
      ...place,
      /** So many bytes are shown: the first ones, or the last ones of a file that is followed. */
      mostBytes: v.pipe(v.number(), v.integer(), v.minValue(1024), v.maxValue(MOST_SHOWN_BYTES)),
      isFollowed: v.boolean(),
    }),
  ),
} as const;
