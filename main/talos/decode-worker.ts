import { workerData } from 'node:worker_threads';
import type { ValuePart } from '../../preload/contract/index.ts';
import { takeApart } from '../lib/parts.ts';
import { serveJobs } from '../lib/serve-jobs.ts';
import { loadTalosProto } from './load-proto.ts';

/** Entry of the thread that {@link ReplyDecoder} starts. */
const { protoDir } = workerData as { readonly protoDir: string };
const proto = loadTalosProto(protoDir);

const JOBS = {
  /** The reply of a method, in parts. */
  decode: (path: string, bytes: Uint8Array): Iterator<ValuePart, void> => {
    const method = proto.findMethod(path);
    if (method === undefined) throw new Error(`there is no method ${path}`);
    return takeApart(method.responseDeserialize(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)));
  },
};

/** What the thread does. */
export type DecodeJobs = typeof JOBS;

serveJobs(JOBS);
