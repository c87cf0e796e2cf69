import { createGzip, gzipSync } from 'node:zlib';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { unfinishedTarGz } from '../../../main/simulator/faults/unfinished-tar.ts';
import { readKubeconfigArchive } from '../../../main/talos/kubeconfig-archive.ts';

const CONTENT = Buffer.from('kind: Config\n'.repeat(100));
const tar = (name: string, content: Buffer, sizeBytes = content.byteLength): Buffer => {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write('0000600\0', 100);
  header.write(`${sizeBytes.toString(8).padStart(11, '0')}\0`, 124);
  header.write('        ', 148);
  header.write('0', 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, content]);
};
const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
const read = async (archive: Uint8Array): Promise<string> =>
  Buffer.from(await readKubeconfigArchive(archive)).toString();

describe('finds the file', () => {
  test.each([
    ['in an archive without trailer, as Talos sends it', unfinishedTarGz('kubeconfig', CONTENT, 0o600, 0)],
    ['in a complete archive', gzipSync(Buffer.concat([padded(tar('kubeconfig', CONTENT)), Buffer.alloc(1024)]))],
    [
      'behind another entry',
      gzipSync(Buffer.concat([padded(tar('other', Buffer.alloc(5000))), tar('kubeconfig', CONTENT)])),
    ],
    [
      'before other entries',
      gzipSync(Buffer.concat([padded(tar('kubeconfig', CONTENT)), tar('other', Buffer.alloc(9))])),
    ],
  ])('%s', async (_name, archive) => {
    expect(await read(archive)).toBe(CONTENT.toString());
  });

  test('before an entry of any size, without unpacking it', async () => {
    const bomb = await buffer(
      Readable.from(zeros(padded(tar('kubeconfig', CONTENT)), 64)).pipe(createGzip({ level: 1 })),
    );

    expect(await read(bomb)).toBe(CONTENT.toString());
  });
});

/** The given bytes, then so many MiB of zeros. */
function* zeros(first: Buffer, mebibytes: number): Generator<Buffer> {
  yield first;
  yield tar('other', Buffer.alloc(0), mebibytes * 1024 * 1024);
  const block = Buffer.alloc(1024 * 1024);
  for (let i = 0; i < mebibytes; i++) yield block;
}

describe('refuses', () => {
  test.each([
    ['nothing', Buffer.alloc(0), 'invalid'],
    ['no gzip', Buffer.from('hello'), 'invalid'],
    ['a truncated gzip', unfinishedTarGz('kubeconfig', CONTENT, 0o600, 0).subarray(0, 60), 'invalid'],
    ['a gzip without its last bytes', unfinishedTarGz('kubeconfig', CONTENT, 0o600, 0).subarray(0, -4), 'invalid'],
    ['a file shorter than its header says', gzipSync(tar('kubeconfig', CONTENT, CONTENT.length + 1)), 'invalid'],
    ['half a header', gzipSync(tar('kubeconfig', CONTENT).subarray(0, 300)), 'invalid'],
    ['no tar', gzipSync(Buffer.alloc(2000, 'a')), 'invalid'],
    ['no such file', gzipSync(Buffer.concat([padded(tar('config', CONTENT)), Buffer.alloc(1024)])), 'invalid'],
    [
      'a folder of that name',
      gzipSync(Buffer.concat([tar('kubeconfig/', Buffer.alloc(0)), Buffer.alloc(1024)])),
      'invalid',
    ],
    ['an entry of 1 GB', gzipSync(tar('kubeconfig', CONTENT, 1024 ** 3)), 'too-large'],
  ])('%s', async (_name, archive, code) => {
    await expect(read(archive)).rejects.toMatchObject({ failure: { code } });
  });

  test('1 GB of entries in front of the file, after 4 MiB', async () => {
    function* entries(): Generator<Buffer> {
      const entry = padded(tar('other', Buffer.alloc(1024 * 1024)));
      for (let i = 0; i < 1024; i++) yield entry;
      yield tar('kubeconfig', CONTENT);
    }
    const bomb = await buffer(Readable.from(entries()).pipe(createGzip({ level: 1 })));
    const before = process.memoryUsage().rss;

    await expect(read(bomb)).rejects.toMatchObject({ failure: { code: 'too-large' } });
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  });
});
