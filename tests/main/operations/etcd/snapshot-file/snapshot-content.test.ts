import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { snapshotContent } from '../../../../../main/operations/etcd/snapshot-file/snapshot-content.ts';
import { crc32c } from '../../../../../main/operations/etcd/snapshot-file/crc32c.ts';
import { bboltPages } from '../../../../../main/simulator/etcd/write-bbolt.ts';
import { seeded } from '../../../../../scripts/seeded-random.ts';

const PAGE = 4096;
const contentOf = (database: Buffer) =>
  snapshotContent({
    length: database.length,
    read: (at, length) => {
      if (at < 0 || at + length > database.length) throw new RangeError('read beyond its end');
      return database.subarray(at, at + length);
    },
  });

/** Taken by etcd 3.4.23 itself; what etcdctl said of it: hash 3663104997, revision 6, 20,480 bytes. */
const real = gunzipSync(readFileSync(new URL('etcd-3.4.snapshot.gz', import.meta.url))).subarray(0, -32);

const revision = (main: number, isGone = false): Buffer => {
  const bytes = Buffer.alloc(isGone ? 18 : 17, 't');
  bytes.writeBigUInt64BE(BigInt(main), 0);
  bytes.write('_', 8);
  bytes.fill(0, 9, 17);
  return bytes;
};
const keyValue = (key: string, bytes = 0): Buffer =>
  Buffer.concat([Buffer.from([0x0a, key.length]), Buffer.from(key), Buffer.alloc(bytes, 'v')]);
const many = (count: number) =>
  Array.from({ length: count }, (_each, at) => [revision(at + 1), keyValue(`/k/${at}`, 60)] as const);
const database = (keys: readonly (readonly [Buffer, Buffer])[], free = 0): Buffer =>
  bboltPages([{ name: 'key', entries: keys }], free);

describe('what a snapshot holds', () => {
  it('is read from one of etcd itself, with the hash that etcdctl tells', () => {
    expect(contentOf(real)).toEqual({
      hash: (3_663_104_997).toString(16),
      revision: 6,
      keys: 2,
      usedBytes: 20_480,
      members: [{ id: '667880157b8812c8', name: 'cp-1', peerUrls: ['http://127.0.0.1:42380'], isLearner: false }],
      clusterVersion: '3.4.0',
    });
  });

  it('is read from trees of several levels, values over several pages, and deleted keys that came back', () => {
    const content = contentOf(
      database([
        ...many(6_000),
        [revision(6_001, true), keyValue('/k/0')],
        [revision(6_002, true), keyValue('/k/1')],
        [revision(6_003), keyValue('/k/1')],
        [revision(6_004), keyValue('/big', 3 * PAGE)],
      ]),
    );

    expect(content).toMatchObject({ revision: 6_004, keys: 6_000 });
  });

  it('of an etcd without a key is none at revision 0', () => {
    expect(contentOf(database([]))).toMatchObject({ revision: 0, keys: 0, members: [] });
  });

  it('has the check sum of Castagnoli', () => {
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
    expect(crc32c(Buffer.from('56789'), crc32c(Buffer.from('1234')))).toBe(0xe3069283);
  });
});

describe('a file that is no whole database', () => {
  const broken = (change: (bytes: Buffer) => void, of: Buffer = real): Buffer => {
    const bytes = Buffer.from(of);
    change(bytes);
    return bytes;
  };
  const rootOf = (bytes: Buffer): number => Number(bytes.readBigUInt64LE(16 + 16)) * PAGE;
  /** Both meta pages say the same of `at`, with their sums right. */
  const withMeta = (at: number, value: bigint, of: Buffer = database([[revision(1), keyValue('a')]])): Buffer =>
    broken((bytes) => {
      for (const place of [16, PAGE + 16]) {
        bytes.writeBigUInt64LE(value, place + at);
        let sum = 0xcbf29ce484222325n;
        for (const byte of bytes.subarray(place, place + 56))
          sum = ((sum ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
        bytes.writeBigUInt64LE(sum, place + 56);
      }
    }, of);

  it.each([
    ['of no bytes', () => Buffer.alloc(0), /no valid page of its own/],
    ['of other bytes', () => Buffer.alloc(5 * PAGE, 7), /no valid page of its own/],
    ['that was cut', () => real.subarray(0, 3 * PAGE), /ends before its last page/],
    ['whose root is elsewhere', () => withMeta(16, 900n), /root lies out of it/],
    ['that has more pages than any', () => withMeta(40, 1n << 60n), /beyond its end/],
    ['whose page says that it is another', () => broken((b) => b.writeBigUInt64LE(77n, rootOf(b))), /is another one/],
    [
      'whose page has too many entries',
      () => broken((b) => b.writeUInt16LE(60_000, rootOf(b) + 10)),
      /more entries than room/,
    ],
    [
      'whose page goes on beyond the end',
      () => broken((b) => b.writeUInt32LE(0xffffffff, rootOf(b) + 12)),
      /goes on beyond/,
    ],
    ['whose page is of no kind', () => broken((b) => b.writeUInt16LE(0, rootOf(b) + 8)), /no known kind/],
    [
      'whose entry points out of its page',
      () => broken((b) => b.writeUInt32LE(0xfffffff0, rootOf(b) + 16 + 8)),
      /points out of it/,
    ],
    ['with two buckets of one page', () => twice(), /is in two places/],
    [
      'with a page that goes on over the next one',
      // The first leaf of many.
      () => broken((b) => b.writeUInt32LE(1, 2 * PAGE + 12), database(many(200))),
      /page 3 is in two places/,
    ],
    [
      'with entries that lie in each other',
      // Two elements behind a header, then the key of the first one.
      () => broken((b) => b.writeUInt32LE(PAGE - 16 - 2 * 16 - 17, 2 * PAGE + 16 + 12), database(many(2))),
      /entries of page 2 lie in each other/,
    ],
    [
      'with keys out of order',
      () =>
        database([
          [revision(2), keyValue('a')],
          [revision(1), keyValue('b')],
        ]),
      /out of order/,
    ],
    ['without keys of etcd', () => bboltPages([{ name: 'meta', entries: [] }]), /no keys of etcd/],
    ['with a value that names no key', () => database([[revision(1), Buffer.from('x')]]), /names no key/],
    ['with a value that is cut', () => database([[revision(1), Buffer.from([0x0a, 200, 1, 65])]]), /is cut/],
    ['with a revision that is none', () => database([[Buffer.from('short'), keyValue('a')]]), /revision of it is none/],
  ])('%s is refused with the reason', (_what, make, why) => {
    expect(() => contentOf(make())).toThrow(why);
  });

  /** The second bucket is moved to the page of the first one. */
  function twice(): Buffer {
    const bytes = bboltPages([
      { name: 'a', entries: [[Buffer.from('k'), Buffer.from('v')]] },
      { name: 'key', entries: [[revision(1), keyValue('a')]] },
    ]);
    const leaf = rootOf(bytes) + 16;
    const value = (element: number): number =>
      leaf + element * 16 + bytes.readUInt32LE(leaf + element * 16 + 4) + bytes.readUInt32LE(leaf + element * 16 + 8);
    bytes.copy(bytes, value(1), value(0), value(0) + 8);
    return bytes;
  }

  it('whichever byte is another one, is read or refused, never waited for', () => {
    const random = seeded(7);
    for (let round = 0; round < 1_500; round++) {
      const bytes = Buffer.from(real);
      for (let change = 0; change < 3; change++)
        bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      try {
        expect(contentOf(bytes).members.length).toBeLessThanOrEqual(50);
      } catch (error) {
        expect((error as Error).name).toBe('Unreadable');
      }
    }
  });

  it('with members that are no JSON, or hostile, tells those that are some, as text', () => {
    const member = (text: string): Buffer => Buffer.from(text);
    const { members } = contentOf(
      bboltPages([
        { name: 'key', entries: [] },
        {
          name: 'members',
          entries: [
            [Buffer.from('1'), member('{"name":"a\\u202e\\nb","peerURLs":[1,"https://x"]}')],
            [Buffer.from('2'), member('no JSON')],
            [Buffer.from('3'), member('[]')],
            [Buffer.from('zz'), member('{}')],
          ],
        },
      ]),
    );

    expect(members.map(({ id }) => id)).toEqual(['0000000000000001', '0000000000000003']);
    expect(members[0]).toMatchObject({
      name: expect.not.stringMatching(/[\n\u202e]/) as string,
      peerUrls: ['https://x'],
    });
  });
});
