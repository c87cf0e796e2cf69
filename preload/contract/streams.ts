import type * as v from 'valibot';
import { appStreams } from './app/streams.ts';
import { blackboxStreams } from './blackbox/streams.ts';
import { checkStreams } from './checks/streams.ts';
import { fileStreams } from './files/streams.ts';
import { lensStreams } from './lens/streams.ts';
import { machineConfigStreams } from './machine-configs/streams.ts';
import { graphStreams } from './graph/streams.ts';
import { sampleStreams } from './samples/streams.ts';
import { timelineStreams } from './timeline/streams.ts';
import { workStreams } from './work/streams.ts';

/** Long sequences for one reader, with credit. The output type is the type of one item. */
export const STREAMS = {
  ...workStreams,
  ...checkStreams,
  ...sampleStreams,
  ...timelineStreams,
  ...fileStreams,
  ...graphStreams,
  ...machineConfigStreams,
  ...blackboxStreams,
  ...appStreams,
  ...lensStreams,
} as const;

/** Name of a stream, such as `run`. */
export type StreamName = keyof typeof STREAMS;

/** What a stream is opened with, as it is after the checks. */
export type StreamParams<N extends StreamName> = v.InferOutput<(typeof STREAMS)[N]['input']>;

/** One item of a stream. */
export type StreamItem<N extends StreamName> = Exclude<(typeof STREAMS)[N]['output'], undefined>;
