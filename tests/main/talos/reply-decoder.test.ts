import { fileURLToPath } from 'node:url';
import { afterEach, expect, test, vi } from 'vitest';
import { loadTalosProto } from '../../../main/talos/load-proto.ts';
import { DECODE_LIMITS, ReplyDecoder } from '../../../main/talos/reply-decoder.ts';

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

// Much of it is work of a second or three, on a machine that has nothing else to do.
vi.setConfig({ testTimeout: 60_000 });

let decoder: ReplyDecoder;
afterEach(() => decoder.close());

/** The longest turn of the event loop while `work` runs, in processor time of this thread: other programs do not count. */
async function longestTurnMs(work: () => Promise<unknown>): Promise<number> {
  // The least of three: garbage of the tests before is collected in some turn, too.
  let least = Infinity;
  for (let time = 0; time < 3; time += 1) least = Math.min(least, await longestTurnOnceMs(work));
  return least;
}

async function longestTurnOnceMs(work: () => Promise<unknown>): Promise<number> {
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

test(
  '100,000 processes do not block the event loop, and are what decoding them here gives',
  { timeout: 60_000 },
  async () => {
    decoder = new ReplyDecoder({ workerFile, protoDir });
    const bytes = replyOf(100_000);
    let reply: unknown;

    const blockedMs = await longestTurnMs(async () => (reply = await decoder.decode(method, bytes)));

    const blockedHereMs = await longestTurnMs(async () => method.responseDeserialize(bytes));
    expect(JSON.stringify(reply)).toBe(JSON.stringify(method.responseDeserialize(bytes)));
    // In the same currency, so that a machine that is slow for both proves the same.
    expect(blockedMs).toBeLessThan(blockedHereMs / 2);
  },
);

test('bytes are Buffers again, also in lists', async () => {
  decoder = new ReplyDecoder({ workerFile, protoDir });
  const list = proto.method('/storage.StorageService/Disks');
  const read = proto.method('/machine.MachineService/Read');
  const big = Buffer.alloc(DECODE_LIMITS.hereBytes * 2, 7);
  const bytes = (read.responseSerialize as unknown as (reply: object) => Buffer)({ bytes: big });

  const reply = await decoder.decode(read, bytes);

  expect(Buffer.isBuffer(reply.bytes)).toBe(true);
  expect(reply).toEqual(read.responseDeserialize(bytes));
  expect(await decoder.decode(list, Buffer.alloc(0))).toEqual(list.responseDeserialize(Buffer.alloc(0)));
});

test('several at once do not mix', async () => {
  decoder = new ReplyDecoder({ workerFile, protoDir });
  const all = [11_000, 12_345, 13_001].map(replyOf);
  expect(all.every(({ length }) => length > DECODE_LIMITS.hereBytes)).toBe(true);

  const replies = await Promise.all(all.map(async (bytes) => decoder.decode(method, bytes)));

  expect(replies.map(({ messages }) => messages[0]?.processes.length)).toEqual([11_000, 12_345, 13_001]);
  expect(replies[1]).toEqual(method.responseDeserialize(all[1]!));
});

test('where the worker cannot start, small replies are decoded and large ones fail in words', async () => {
  const [small, large] = [replyOf(10), replyOf(11_000)];
  for (const place of [
    { workerFile: new URL('missing.ts', workerFile), protoDir },
    { workerFile, protoDir: '/nowhere' },
    undefined,
  ]) {
    decoder = new ReplyDecoder(place);
    expect(await decoder.decode(method, small)).toEqual(method.responseDeserialize(small));
    await expect((async () => decoder.decode(method, large))()).rejects.toThrow(/reads large answers does not start/);
    await decoder.close();
  }
});

test('closing leaves no reply waiting, and decodes none of them here', async () => {
  decoder = new ReplyDecoder({ workerFile, protoDir });
  const replies = [1, 2].map(async () => decoder.decode(method, replyOf(20_000)));
  const failures = Promise.all(replies.map((reply) => reply.catch((error: unknown) => error)));

  await decoder.close();

  for (const error of await failures) expect(error).toMatchObject({ failure: { code: 'cancelled' } });
});

test('bytes that are no message fail in words, large and small', async () => {
  decoder = new ReplyDecoder({ workerFile, protoDir });

  for (const size of [DECODE_LIMITS.hereBytes + 1, 100]) {
    const decoded = (async () => decoder.decode(method, Buffer.alloc(size, 0xff)))();
    await expect(decoded).rejects.toMatchObject({
      failure: { code: 'not-supported', message: 'The answer is no message that Minos can read.' },
    });
  }
});

test('a small reply that makes much is decoded in the worker', async () => {
  decoder = new ReplyDecoder({ workerFile, protoDir });
  // One message with 100,000 empty processes: 200 kB that make 1.3 million values.
  const bytes = message(1, Buffer.alloc(200_000, Buffer.from([0x12, 0x00])));

  const blockedMs = await longestTurnMs(async () => decoder.decode(method, bytes));

  const blockedHereMs = await longestTurnMs(async () => method.responseDeserialize(bytes));
  expect(blockedMs).toBeLessThan(blockedHereMs / 2);
  expect((await decoder.decode(method, bytes)).messages[0]?.processes).toHaveLength(100_000);
});

test('a reply that makes more than any node sends fails before it is decoded', async () => {
  decoder = new ReplyDecoder({ workerFile, protoDir });
  const bytes = Buffer.alloc(32 * 1024 * 1024, Buffer.from([0x0a, 0x00]));

  const started = process.cpuUsage();
  await expect(decoder.decode(method, bytes)).rejects.toMatchObject({ failure: { code: 'too-large' } });

  const { user, system } = process.cpuUsage(started);
  expect((user + system) / 1000).toBeLessThan(5000);
});

test('what the worker does not do in time fails, is not done again, and the next one goes on', async () => {
  decoder = new ReplyDecoder({ workerFile, protoDir }, { deadlineMs: 0 });
  const bytes = replyOf(30_000);
  await expect(decoder.decode(method, bytes)).rejects.toMatchObject({
    failure: { code: 'too-large', message: 'The answer takes too long to read.' },
  });
  await decoder.close();

  decoder = new ReplyDecoder({ workerFile, protoDir }, { maxHeapMb: 20 });
  const [poor, next] = [decoder.decode(method, bytes), decoder.decode(method, Buffer.alloc(0))];
  await expect(poor).rejects.toMatchObject({
    failure: { code: 'too-large', message: 'The answer needs too much memory to be read.' },
  });
  expect((await next).messages).toEqual([]);
});

test('more replies than may wait fail at once, and those before them are decoded', async () => {
  const bytes = replyOf(11_000);
  decoder = new ReplyDecoder({ workerFile, protoDir }, { waitingBytes: 2 * bytes.length });
  const [first, second, third] = [1, 2, 3].map(async () => decoder.decode(method, bytes));

  await expect(third).rejects.toMatchObject({ failure: { code: 'too-large', retry: 'safe' } });
  expect((await first)?.messages[0]?.processes).toHaveLength(11_000);
  expect((await second)?.messages[0]?.processes).toHaveLength(11_000);
});

test('a reply nobody waits for any more is given up', async () => {
  decoder = new ReplyDecoder({ workerFile, protoDir });
  const stop = new AbortController();
  const reply = decoder.decode(method, replyOf(50_000), { signal: stop.signal });
  stop.abort();

  await expect(reply).rejects.toMatchObject({ name: 'AbortError' });
  const after = replyOf(11_000);
  expect((await decoder.decode(method, after)).messages[0]?.processes).toHaveLength(11_000);
});

/** A field that holds bytes. */
function message(field: number, content: Buffer): Buffer {
  const length: number[] = [];
  for (let rest = content.length; ; rest >>>= 7) {
    length.push(rest > 127 ? (rest & 127) | 128 : rest);
    if (rest <= 127) break;
  }
  return Buffer.concat([Buffer.from([(field << 3) | 2, ...length]), content]);
}
