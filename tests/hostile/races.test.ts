import { execFile } from 'node:child_process';
import { getEventListeners } from 'node:events';
import { existsSync, readdirSync, readFileSync, readlinkSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { NodeGroupsState, ProducerMessage, TalosconfigState } from '../../preload/contract/index.ts';
import { PageRequests } from '../../main/app/page-requests.ts';
import { placeToWrite, writeWholeFile } from '../../main/files/write-whole-file.ts';
import { Backlog } from '../../main/operations/work/buffers/backlog.ts';
import { EveryItem } from '../../main/operations/work/buffers/every-item.ts';
import { Credit } from '../../main/streams/pump.ts';
import { temporaryHome, type TemporaryHome } from '../../scripts/temporary-home.ts';
import { StartedMain } from './support/start-main.ts';

let home: TemporaryHome;
beforeEach(() => {
  home = temporaryHome();
});
afterEach(() => home.remove());

describe('a file that appears while another one is written in its place', () => {
  /** Does something when half of it is written. */
  function* interrupted(act: () => void): Generator<string> {
    yield 'half';
    act();
    yield 'whole';
  }

  test.each<[string, (path: string) => void, (path: string) => string]>([
    ['a file', (path) => writeFileSync(path, 'theirs'), (path) => readFileSync(path, 'utf8')],
    ['a link to nowhere', (path) => symlinkSync('nowhere', path), (path) => readlinkSync(path)],
  ])('%s is left as it is', async (_what, appear, read) => {
    const path = join(home.path, 'out');
    const place = await placeToWrite(path);

    const written = writeWholeFile(
      place,
      interrupted(() => appear(path)),
    );

    await expect(written).rejects.toThrow('out exists already: another program made it meanwhile');
    expect(['theirs', 'nowhere']).toContain(read(path));
    expect(readdirSync(home.path)).toEqual(['out']);
  });

  test('one that the user chose to replace is left as it is when it was changed meanwhile', async () => {
    const path = join(home.path, 'out');
    writeFileSync(path, 'old');
    const changed = writeWholeFile(
      await placeToWrite(path),
      interrupted(() => writeFileSync(path, 'theirs')),
    );
    await expect(changed).rejects.toThrow('out was changed by another program meanwhile');
    expect(readFileSync(path, 'utf8')).toBe('theirs');

    await writeWholeFile(await placeToWrite(path), ['ours']);
    expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual(['ours', 0o600]);
  });

  test.each(['/dev/null', '.'])('%s is no place for a file', async (path) => {
    await expect(placeToWrite(path)).rejects.toThrow(/is a (device|folder), not a file; nothing was written/);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });
});

describe('waiting a thousand times', () => {
  const listeners = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  test('for credit of a slow reader leaves no listener behind', async () => {
    const credit = new Credit();
    const { signal } = new AbortController();
    for (let n = 0; n < 1_000; n++) {
      const taken = credit.take(signal);
      expect(listeners(signal)).toBe(1);
      credit.accept({ type: 'credit', batches: 1 });
      await taken;
    }
    expect(listeners(signal)).toBe(0);
  });

  test('for room in a queue leaves no listener behind', async () => {
    const queue = new Backlog<number>(new EveryItem(), 1);
    const { signal } = new AbortController();
    const reader = queue[Symbol.asyncIterator]();
    for (let n = 0; n < 1_000; n++) {
      queue.push(n, 2);
      const room = queue.room(signal);
      await reader.next();
      await room;
    }
    expect(listeners(signal)).toBe(0);
  });

  test('for what the user asks outside the page leaves no listener behind', async () => {
    const requests = new PageRequests(() => 1);
    const stop = new AbortController();
    const reader = requests.follow(1, stop.signal);
    for (let n = 0; n < 1_000; n++) {
      const next = reader.next();
      await turn();
      requests.send({ kind: 'act', action: 'import.choose' });
      await next;
    }
    expect(listeners(stop.signal)).toBe(0);
    const last = reader.next();
    stop.abort();
    expect(await last).toMatchObject({ done: true });
  });
});

test('two Minos at once never take a file that is there for missing', async () => {
  const path = join(home.path, 'config');
  writeFileSync(path, 'contexts: {}\n', { mode: 0o600 });
  const child = new URL('children/share-file.ts', import.meta.url).pathname;
  const run = async (name: string): Promise<{ written: number; failures: readonly string[] }> => {
    const { stdout } = await promisify(execFile)(process.execPath, [child, path, name, '150']);
    return JSON.parse(stdout) as { written: number; failures: readonly string[] };
  };

  const [one, other] = await Promise.all([run('one'), run('other')]);

  expect([one.failures, other.failures]).toEqual([[], []]);
  // They did meet.
  expect(one.written).toBeGreaterThan(0);
  expect(other.written).toBeGreaterThan(0);
  expect(readdirSync(home.path).filter((name) => name.endsWith('.lock') || name.endsWith('.tmp'))).toEqual([]);
});

test('after too many open files, everything that could not be read is read again by itself', async () => {
  await using main = await StartedMain.start({
    talosconfigText: 'context: a\ncontexts:\n    a:\n        endpoints: []\n',
    files: {
      'user-data/settings.json': JSON.stringify({
        version: 3,
        groups: [{ context: 'a', name: 'g', selection: 'all' }],
        talosconfigs: [],
        expiryTold: [],
      }),
      '.kube/config': 'apiVersion: v1\nkind: Config\nclusters: []\nusers: []\ncontexts: []\n',
    },
    maxOpenFiles: 100,
  });
  const config = main.watch('config.state');
  const status = (wanted: string) => (one: ProducerMessage) =>
    one.type === 'value' && (one.value as TalosconfigState).status === wanted;
  await config.until(status('ready'));
  await main.hold();

  const edit = (): ReturnType<StartedMain['call']> =>
    main.call('contexts.setNodes', { context: 'a', nodes: [`192.0.2.${config.messages.length % 250}`] });
  expect(await edit()).toMatchObject({
    ok: false,
    failure: { message: expect.stringContaining('Too many open files') as string },
  });
  await main.call('config.reload');
  const groups = main.watch('groups.state', { context: 'a' });
  const kube = main.watch('kubeconfig.state');
  const failed = await groups.until(
    (one) => one.type === 'value' && (one.value as NodeGroupsState).failure !== undefined,
  );
  expect(JSON.stringify(failed)).toContain('Too many open files');
  await config.until(status('unreadable'));
  await kube.until((one) => one.type === 'value' && JSON.stringify(one.value).includes('Too many open files'));
  const seen = { config: config.messages.length, kube: kube.messages.length };
  await main.release();

  const isBack = (port: typeof config, from: number, text: RegExp): Promise<unknown> =>
    expect.poll(() => port.messages.slice(from).some((one) => text.test(JSON.stringify(one)))).toBe(true);
  await isBack(config, seen.config, /"status":"ready"/);
  await isBack(kube, seen.kube, /"exists":true(?!.*Too many open files)/);
  await groups.until((one) => one.type === 'value' && (one.value as NodeGroupsState).groups.length === 1);
  expect((await edit()).ok).toBe(true);
  expect(existsSync(join(main.home, '.config.minos.lock'))).toBe(false);
  expect(main.unhandled).toEqual([]);
});
