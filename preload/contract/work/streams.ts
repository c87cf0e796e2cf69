import * as v from 'valibot';
import { call, commandParams, contextName, nodeList, nodeName, resourceWord, runId } from '../call.ts';
import type { WatchItem } from './resources.ts';
import type { RunEvent } from './runs.ts';

/** Streams of answers and of resources as they change. */
export const workStreams = {
  /** One command on many nodes. Closing the stream cancels what still runs. */
  run: call<RunEvent>()(
    v.strictObject({
      context: contextName,
      command: v.pipe(v.string(), v.maxLength(64)),
      params: commandParams,
      nodes: nodeList,
      /** Per run; each call gets what is left of it. Of bytes that are saved the longest time without any. 100 ms to 30 min. */
      deadlineMs: v.pipe(v.number(), v.integer(), v.minValue(100), v.maxValue(1_800_000)),
      /** The text the nodes were chosen with; kept in the history. */
      selection: v.optional(v.pipe(v.string(), v.maxLength(4096))),
      /** One of several clusters that are asked the same: what had to be dialled for it ends with it. Only commands that answer rows. */
      isVisit: v.optional(v.literal(true)),
      /** The run this one repeats live: it takes that one's place in the history once it has ended. */
      replaces: v.optional(runId),
    }),
  ),
  /** The events of a run that has ended once more, as far as its rows are kept; without `calling`. */
  replay: call<RunEvent>()(v.strictObject({ runId })),
  /** Resources of one type on some nodes, as they change, until the stream is closed. */
  watch: call<WatchItem>()(
    v.strictObject({
      context: contextName,
      nodes: v.pipe(v.array(nodeName), v.minLength(1), v.maxLength(100)),
      /** As typed: an id or any alias. */
      type: resourceWord,
      /** Default: the type's own. */
      namespace: v.optional(resourceWord),
      /** Only this resource. */
      id: v.optional(resourceWord),
    }),
  ),
} as const;
