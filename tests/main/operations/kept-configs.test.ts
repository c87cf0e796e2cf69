import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLog } from '../../../main/lib/log.ts';
import { Secret } from '../../../main/lib/secret.ts';
import type { Seal } from '../../../main/files/history.ts';
import { KeptConfigs, type KeptConfig } from '../../../main/operations/machine-configs/kept-configs.ts';
import { MOST_DEED_MACHINES } from '../../../preload/contract/index.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

let folder: string;
const clock = new FakeClock();

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'minos-kept-')), 'machine-configs');
});
afterEach(() => rm(join(folder, '..'), { recursive: true }));

/** Not a cipher, but nothing of the text is left. */
const seal: Seal = {
  seal: (bytes) => Promise.resolve(Buffer.from(Buffer.from(bytes).toString('hex'))),
  open: (sealed) => Promise.resolve(Buffer.from(Buffer.from(sealed).toString(), 'hex')),
};

const opened = (sealing: Seal | undefined): KeptConfigs =>
  new KeptConfigs({ folder, clock, log: silentLog, seal: () => sealing });

const config = (id: string): KeptConfig => ({
  ...{ id, atMs: clock.now(), cluster: 'ca', what: 'Patched', replacedBy: 'hash' },
  machine: { node: '10.0.0.1', name: 'cp-1' },
  text: new Secret('token: sekret'),
});
const ID = '2c8b1f52-93f1-4f38-a8de-2d6a7f1f0a11';

it('keeps a config over restarts, sealed, for its machine, until it is forgotten or a month old', async () => {
  const first = opened(seal);
  await first.keep(config(ID));
  expect(await first.of('ca', '10.0.0.1')).toMatchObject([{ id: ID, what: 'Patched' }]);
  const [name = ''] = await readdir(folder);
  expect(await readFile(join(folder, name), 'utf8')).not.toContain('sekret');

  const again = opened(seal);
  expect((await again.find(ID))?.text.reveal()).toBe('token: sekret');
  expect(await again.of('another', '10.0.0.1')).toEqual([]);
  await again.forget(ID);
  expect([await again.find(ID), await readdir(folder)]).toEqual([undefined, []]);

  await again.keep(config(ID));
  clock.advance(31 * 24 * 60 * 60_000);
  expect(await opened(seal).of('ca', '10.0.0.1')).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
});

it('writes nothing where there is no keychain, and keeps nothing that cannot be sealed', async () => {
  const memory = opened(undefined);
  await memory.keep(config(ID));
  expect(await memory.find(ID)).toBeDefined();
  await expect(readdir(folder)).rejects.toThrow('ENOENT');

  const broken = opened({ ...seal, seal: () => Promise.reject(new Error('locked')) });
  await expect(broken.keep(config(ID))).rejects.toThrow('no way back');
  expect(await broken.find(ID)).toBeUndefined();
});

it('reads the others beside one that is broken', async () => {
  await opened(seal).keep(config(ID));
  await writeFile(join(folder, '00000000-0000-4000-8000-000000000000.sealed'), 'no hex', { mode: 0o600 });

  expect(await opened(seal).of('ca', '10.0.0.1')).toMatchObject([{ id: ID }]);
});

it('keeps a way back for every machine of the largest deed', async () => {
  const kept = opened(undefined);
  for (let at = 0; at < MOST_DEED_MACHINES; at += 1)
    await kept.keep({ ...config(`2c8b1f52-93f1-4f38-a8de-${String(at).padStart(12, '0')}`), atMs: clock.now() + at });

  expect(await kept.of('ca', '10.0.0.1')).toHaveLength(MOST_DEED_MACHINES);
});
