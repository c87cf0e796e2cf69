import * as v from 'valibot';
import { call, contextName, nodeName, resourceWord } from '../call.ts';
import { LENS_EXPORT_FORMATS, MOST_LENS_SOURCES, type LensExportItem, type LensItem } from './lens.ts';

const source = v.variant('kind', [
  v.strictObject({ kind: v.literal('service'), node: nodeName, id: resourceWord }),
  v.strictObject({ kind: v.literal('container'), node: nodeName, id: resourceWord }),
  v.strictObject({ kind: v.literal('kernel'), node: nodeName }),
  v.strictObject({
    kind: v.literal('events'),
    node: nodeName,
    actorId: v.optional(resourceWord),
    sinceId: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-v]{20}$/))),
    seconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(31_536_000))),
  }),
]);

/** Logs, kernel messages and events of many nodes at once. */
export const lensStreams = {
  /**
   * Lines of several sources of one cluster, each in the order it writes them. What comes faster than it is taken is dropped,
   * oldest first, and counted. With `follow` it stays open until it is closed.
   */
  lens: call<LensItem>()(
    v.strictObject({
      context: contextName,
      sources: v.pipe(v.array(source), v.minLength(1), v.maxLength(MOST_LENS_SOURCES)),
      follow: v.boolean(),
      /** Lines (or events) of before, per source; -1 for all the node has. The kernel log has all for anything but 0. */
      tail: v.pipe(v.number(), v.integer(), v.minValue(-1), v.maxValue(1_000_000)),
    }),
  ),
  /** A file for lines that the page has filtered, where the user chooses in the system's dialog. */
  lensExport: call<LensExportItem>()(
    v.strictObject({
      /** Without extension; main makes it fit for a file. */
      suggestedName: v.pipe(v.string(), v.maxLength(200)),
      format: v.picklist(LENS_EXPORT_FORMATS),
    }),
  ),
} as const;
