import { workerData } from 'node:worker_threads';
import { serveOrders } from '../lib/worker-threads.ts';
import type { DecodeAnswer, DecodeOrder } from './decode-messages.ts';
import { loadTalosProto } from './load-proto.ts';
import { takeApart, type Part } from './reply-parts.ts';

/** Entry of the worker thread that {@link ReplyDecoder} starts. Sends each part when it is asked for. */
const { protoDir } = workerData as { readonly protoDir: string };
const proto = loadTalosProto(protoDir);
const left = new Map<number, Iterator<Part>>();

serveOrders(answer);

function answer(order: DecodeOrder): DecodeAnswer {
  const { id } = order;
  try {
    if (order.type === 'decode') {
      const method = proto.findMethod(order.path);
      if (method === undefined) return { id, type: 'failed' };
      const { bytes } = order;
      const reply = method.responseDeserialize(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      left.set(id, takeApart(reply));
    }
    const next = left.get(id)?.next();
    if (next?.done === false) return { id, type: 'part', part: next.value };
    left.delete(id);
    return { id, type: 'done' };
  } catch {
    // Decoding is done again on the other side, which says what is wrong.
    left.delete(id);
    return { id, type: 'failed' };
  }
}
