import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { loadTalosProto } from '../../../main/talos/load-proto.ts';
import { LARGE_REPLY_BYTES, ReplyDecoder } from '../../../main/talos/reply-decoder.ts';

const protoDir = fileURLToPath(new URL('../../../proto/', import.meta.url));
const workerFile = new URL('../../../main/talos/decode-worker.ts', import.meta.url);
const proto = loadTalosProto(protoDir);
const method = proto.method('/machine.MachineService/Processes');
const serialize = method.responseSerialize as unknown as (reply: object) => Buffer;

const replyOf = (processes: number): Buffer =>
  serialize({
    messages: [
      {
        metadata: { hostname: 'cp-1' },
        processes: Array.from({ length: processes }, (_, pid) => ({
          pid,
          ppid: 1,
          state: 'S',
          threads: 12,
          cpu_time: pid / 7,
          virtual_memory: '18446744073709551615',
          resident_memory: '4096',
          command: `process-${pid}`,
          executable: `/usr/local/bin/process-${pid}`,
          args: `/usr/local/bin/process-${pid} --config=/etc/process-${pid}.yaml --verbose`,
          label: 'system_u:system_r:pod_t:s0',
        })),
      },
    ],
  });

let decoder: ReplyDecoder;
afterEach(() => decoder.close());

/** The longest turn of the event loop while `work` runs, in processor time of this thread: other programs do not count. */
async function longestTurnMs(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let ends = false;
  let before = process.threadCpuUsage();
  const turn = (): void => {
    const { user, system } = process.threadCpuUsage(before);
    longest = Math.max(longest, (user + system) / 1000);
    before = process.threadCpuUsage();
    if (!ends) setImmediate(turn);
  };
  turn();
  await work();
  ends = true;
  await new Promise((resolve) => setImmediate(resolve));
  return longest;
}

test('100,000 processes do not block the event loop, and are what decoding them here gives', async () => {
  decoder = new ReplyDecoder({ workerFile, protoDir });
  const bytes = replyOf(100_000);
  let reply: unknown;

  const blockedMs = await longestTurnMs(async () => (reply = await decoder.decode(method, bytes)));

  const blockedHereMs = await longestTurnMs(async () => method.responseDeserialize(bytes));
  expect(JSON.stringify(reply)).toBe(JSON.stringify(method.responseDeserialize(bytes)));
  // In the same currency, so that a machine that is slow for both proves the same.
  expect(blockedMs).toBeLessThan(blockedHereMs / 2);
});

test('bytes are Buffers again, also in lists', async () => {
  decoder = new ReplyDecoder({ workerFile, protoDir });
  const list = proto.method('/storage.StorageService/Disks');
  const read = proto.method('/machine.MachineService/Read');
  const big = Buffer.alloc(LARGE_REPLY_BYTES * 2, 7);
  const bytes = (read.responseSerialize as unknown as (reply: object) => Buffer)({ bytes: big });

  const reply = await decoder.decode(read, bytes);

  expect(Buffer.isBuffer(reply.bytes)).toBe(true);
  expect(reply).toEqual(read.responseDeserialize(bytes));
  expect(await decoder.decode(list, Buffer.alloc(0))).toEqual(list.responseDeserialize(Buffer.alloc(0)));
});

test('several at once do not mix', async () => {
  decoder = new ReplyDecoder({ workerFile, protoDir });
  const all = [11_000, 12_345, 13_001].map(replyOf);
  expect(all.every(({ length }) => length > LARGE_REPLY_BYTES)).toBe(true);

  const replies = await Promise.all(all.map(async (bytes) => decoder.decode(method, bytes)));

  expect(replies.map(({ messages }) => messages[0]?.processes.length)).toEqual([11_000, 12_345, 13_001]);
  expect(replies[1]).toEqual(method.responseDeserialize(all[1]!));
});

test('where the worker cannot start, replies are decoded here', async () => {
  const bytes = replyOf(11_000);
  decoder = new ReplyDecoder({ workerFile: new URL('missing.ts', workerFile), protoDir });
  expect(await decoder.decode(method, bytes)).toEqual(method.responseDeserialize(bytes));
  await decoder.close();

  decoder = new ReplyDecoder({ workerFile, protoDir: '/nowhere' });
  expect(await decoder.decode(method, bytes)).toEqual(method.responseDeserialize(bytes));
});

test('closing leaves no reply waiting', async () => {
  decoder = new ReplyDecoder({ workerFile, protoDir });
  const bytes = replyOf(20_000);
  const reply = decoder.decode(method, bytes);

  await decoder.close();

  expect((await reply).messages[0]?.processes).toHaveLength(20_000);
});

test('bytes that are no message fail as they do here', async () => {
  decoder = new ReplyDecoder({ workerFile, protoDir });
  const bytes = Buffer.alloc(LARGE_REPLY_BYTES + 1, 0xff);
  const here = (): unknown => method.responseDeserialize(bytes);

  await expect(decoder.decode(method, bytes)).rejects.toThrow(Error);
  expect(here).toThrow(Error);
});
