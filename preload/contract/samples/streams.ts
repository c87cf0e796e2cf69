import * as v from 'valibot';
import { call, contextName, nodeName } from '../call.ts';
import { MOST_SAMPLED_NODES, SAMPLE_EVERY_MS, type SampleItem } from './samples.ts';

/** How busy nodes are, measured again and again. */
export const sampleStreams = {
  /** Load of some nodes: what is kept of the last hour, then each new sample, until the stream is closed. Nothing is measured while the window is hidden. */
  samples: call<SampleItem>()(
    v.strictObject({
      context: contextName,
      nodes: v.pipe(v.array(nodeName), v.minLength(1), v.maxLength(MOST_SAMPLED_NODES)),
      everyMs: v.picklist(SAMPLE_EVERY_MS),
      /** The node whose processes are listed as well. */
      processesOf: v.optional(nodeName),
    }),
  ),
} as const;
