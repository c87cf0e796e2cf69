import { workerData } from 'node:worker_threads';
import type { ValuePart } from '../../preload/contract/index.ts';
import { takeApart } from '../lib/parts.ts';
import { serveBounded } from '../lib/serve-bounded.ts';
import { loadTalosProto } from './load-proto.ts';

/** What {@link ReplyDecoder} asks of its worker. `decode` is answered with the first part of the reply. */
export type DecodeOrder =
  | { readonly type: 'decode'; readonly path: string; readonly bytes: Uint8Array }
  | { readonly type: 'next' }
  /** Nobody wants the rest. */
  | { readonly type: 'drop' };

/** Entry of the worker thread that {@link ReplyDecoder} starts. It has one reply at a time. */
const { protoDir } = workerData as { readonly protoDir: string };
const proto = loadTalosProto(protoDir);
let left: Iterator<ValuePart, void> | undefined;

/** A part, or undefined after the last one. */
serveBounded((order: DecodeOrder): ValuePart | undefined => {
  if (order.type === 'drop') {
    left = undefined;
    return undefined;
  }
  if (order.type === 'decode') {
    const { path, bytes } = order;
    const method = proto.findMethod(path);
    if (method === undefined) throw new Error(`there is no method ${path}`);
    left = takeApart(method.responseDeserialize(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)));
  }
  if (left === undefined) throw new Error('there is no reply to go on with');
  const next = left.next();
  if (next.done === true) left = undefined;
  return next.value ?? undefined;
});
