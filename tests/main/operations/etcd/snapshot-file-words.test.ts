import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { silentLog } from '../../../../main/lib/log.ts';
import { KnownSnapshots } from '../../../../main/operations/etcd/known-snapshots.ts';
import { snapshotFileWords } from '../../../../main/operations/etcd/snapshot-file-words.ts';

it('a snapshot names the members of its etcd, by which one of another cluster is recognised', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'minos-words-'));
  const path = join(folder, 'a.snapshot');
  await writeFile(path, 'ab');
  const members = ['berlin-1', ''].map((name, at) => ({
    id: `000000000000000${at}`,
    name,
    peerUrls: [],
    isLearner: false,
  }));
  const content = { hash: '1a2b3c4d', revision: 7, keys: 1, usedBytes: 4096, members };
  const known = new KnownSnapshots({
    path: join(folder, 'known.json'),
    reader: { inspect: () => Promise.resolve({ name: 'a.snapshot', bytes: 2, integrity: 'right', content }) },
    log: silentLog,
    isKept: () => false,
  });

  const words = snapshotFileWords(await known.add({ cluster: 'c', path, from: 'taken', node: 'n1', atMs: 0 }));

  expect(words).toBe(
    'of n1, revision 7, 1 key, hash 1a2b3c4d, members berlin-1 and 0000000000000001, taken at 1970-01-01 00:00 UTC',
  );
  await rm(folder, { recursive: true });
});
