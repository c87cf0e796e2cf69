import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SnapshotReader } from '../../../../../main/operations/etcd/snapshot-file/snapshot-reader.ts';
import { FakeClock } from '../../../../fakes/fake-clock.ts';

const whole = gunzipSync(readFileSync(new URL('etcd-3.4.snapshot.gz', import.meta.url)));
const worker = new URL('../../../../../main/operations/etcd/snapshot-file/snapshot-worker.ts', import.meta.url);
let folder: string;
let reader: SnapshotReader;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minos-snapshot-'));
  reader = new SnapshotReader(worker, new FakeClock());
});
afterEach(async () => {
  await reader.close();
  await rm(folder, { recursive: true });
});

const inspected = async (bytes: Buffer) => {
  const path = join(folder, 'a.snapshot');
  await writeFile(path, bytes);
  return reader.inspect(path);
};

it('a snapshot on the disk is told with its hash and its content, and a copied database as one without a hash', async () => {
  expect(await inspected(whole)).toMatchObject({
    name: 'a.snapshot',
    bytes: 20_512,
    integrity: 'right',
    content: { keys: 2 },
  });
  expect(await inspected(whole.subarray(0, -32))).toMatchObject({ integrity: 'missing', content: { revision: 6 } });
  expect(await reader.words(join(folder, 'a.snapshot'))).toBe('revision 6, 2 keys, 1 member, hash da568be5');
});

it('a snapshot that was changed is refused by its hash, and its content is not told', async () => {
  const changed = Buffer.from(whole);
  changed[9_000] = (changed[9_000] ?? 0) ^ 1;

  const found = await inspected(changed);

  expect(found).toMatchObject({
    integrity: 'wrong',
    problem: expect.stringContaining('SHA-256 does not match') as string,
  });
  expect(found).not.toHaveProperty('content');
});

it('what is no database is told so although its hash is right, and what is no file is a failure', async () => {
  const bytes = Buffer.alloc(4096, 1);
  const hash = createHash('sha256').update(bytes).digest();

  expect(await inspected(Buffer.concat([bytes, hash]))).toMatchObject({
    integrity: 'right',
    problem: expect.stringMatching(/^It is no whole database of etcd: /) as string,
  });
  await expect(reader.inspect(folder)).rejects.toMatchObject({ failure: { code: 'file-access' } });
  await expect(reader.inspect(join(folder, 'none'))).rejects.toMatchObject({ failure: { code: 'file-access' } });
});
