import type * as v from 'valibot';
import { appStreams } from './app/streams.ts';
import { workStreams } from './work/streams.ts';

/** Long sequences for one reader, with credit. The output type is the type of one item. */
export const STREAMS = { ...workStreams, ...appStreams } as const;

export type StreamName = keyof typeof STREAMS;
export type StreamParams<N extends StreamName> = v.InferOutput<(typeof STREAMS)[N]['input']>;
export type StreamItem<N extends StreamName> = Exclude<(typeof STREAMS)[N]['output'], undefined>;
