import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Failed } from '../../../../main/lib/failed.ts';
import { silentLog } from '../../../../main/lib/log.ts';
import { KnownSnapshots } from '../../../../main/operations/etcd/known-snapshots.ts';
import { prune } from '../../../../main/operations/etcd/schedule/prune.ts';
import { dueMs } from '../../../../main/operations/etcd/schedule/schedule-file.ts';
import { takeByItself, type Taking } from '../../../../main/operations/etcd/schedule/take-by-itself.ts';
import {
  SnapshotSchedules,
  type SchedulesOptions,
} from '../../../../main/operations/etcd/schedule/snapshot-schedules.ts';
import type { ContextSummary } from '../../../../preload/contract/index.ts';
import { nodeOf } from '../../../fakes/bridge/cluster-data.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';

const HOUR_MS = 3_600_000;
const NOW_MS = 1_800_000_000_000;
const nobody = (): boolean => false;

let folder: string;
let known: KnownSnapshots;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minos-schedule-'));
  const content = { hash: '1a2b3c4d', revision: 7, keys: 1, usedBytes: 4096, members: [] };
  known = new KnownSnapshots({
    path: join(folder, 'known.json'),
    reader: { inspect: () => Promise.resolve({ name: 'x', bytes: 2, integrity: 'right', content }) },
    log: silentLog,
    isKept: nobody,
  });
});
afterEach(() => rm(folder, { recursive: true }));

/** One that the schedule took, at a moment of a clock that may be wrong. */
async function taken(second: number, atMs = NOW_MS): Promise<string> {
  const path = join(folder, `sim-etcd-2026-01-01T00-00-0${second}.snapshot`);
  await writeFile(path, 'ab');
  return (await known.add({ cluster: 'c', path, from: 'schedule', atMs })).id;
}
const left = async (): Promise<readonly string[]> =>
  (await readdir(folder)).filter((name) => name.endsWith('.snapshot')).map((name) => name.slice(-10, -9));

describe('what a schedule removes', () => {
  it('follows the order in which they were taken: the last one stays, though the clock was years ahead before', async () => {
    await taken(1, NOW_MS + 10 * 365 * 24 * HOUR_MS);
    await taken(2);

    await prune(known, 'c', { keep: 1, isChosen: nobody });

    expect(await left()).toEqual(['2']);
  });

  it('counts only those whose files are there, and leaves the one that a recovery goes on with', async () => {
    const chosen = await taken(1);
    for (const second of [2, 3, 4]) await taken(second);
    await rm(join(folder, 'sim-etcd-2026-01-01T00-00-04.snapshot'));

    await prune(known, 'c', { keep: 1, isChosen: (id) => id === chosen });

    expect(await left()).toEqual(['1', '3']);
  });

  it('is not held up by one that cannot be removed, and says so at the end', async () => {
    for (const second of [1, 2, 3]) await taken(second);
    vi.spyOn(known, 'forget').mockRejectedValueOnce(new Error('EACCES'));

    await expect(prune(known, 'c', { keep: 1, isChosen: nobody })).rejects.toThrow('EACCES');

    expect(await left()).not.toContain('1');
  });
});

it('snapshots are known by the contexts that led to their cluster, until another context leads there', async () => {
  const place = { file: '/f', name: 'prod' };
  const path = join(folder, 'known.json');
  const content = { hash: '1a2b3c4d', revision: 7, keys: 1, usedBytes: 4096, members: [] };
  const options = {
    ...{ path, log: silentLog, isKept: () => true, places: (cluster: string) => (cluster === 'old' ? [place] : []) },
    reader: { inspect: () => Promise.resolve({ name: 'x', bytes: 2, integrity: 'right' as const, content }) },
  };
  await writeFile(join(folder, 'a'), 'ab');
  await new KnownSnapshots(options).add({ cluster: 'old', path: join(folder, 'a'), from: 'chosen' });

  const next = new KnownSnapshots(options);
  await next.load();

  expect([
    next.hasOfBefore(place, new Set(['new'])),
    next.hasOfBefore(place, new Set(['new', 'old'])),
    next.hasOfBefore({ ...place, name: 'lab' }, new Set(['new'])),
  ]).toEqual([true, false, false]);
});

it('a snapshot that is chosen by a link is known by its file, so that it can be used', async () => {
  await writeFile(join(folder, 'real'), 'ab');
  await symlink(join(folder, 'real'), join(folder, 'link'));

  expect(await known.isThere(await known.add({ cluster: 'c', path: join(folder, 'link'), from: 'chosen' }))).toBe(true);
});

it('snapshots of the demo are forgotten once the demo is left', async () => {
  await taken(1);

  await known.load();

  expect(known.count).toBe(0);
});

describe('when the next one is due', () => {
  const plan = { cluster: 'c', folder: '/f', everyHours: 6, keep: 2 };

  it('is at once when the last one, or the last failure, was noted by a clock that was ahead', () => {
    expect(dueMs({ ...plan, takenMs: NOW_MS + 365 * 24 * HOUR_MS }, NOW_MS)).toBe(0);
    const failed = { atMs: NOW_MS + 365 * 24 * HOUR_MS, message: 'x' };
    expect(dueMs({ ...plan, takenMs: NOW_MS - 7 * HOUR_MS, failed }, NOW_MS)).toBe(NOW_MS - HOUR_MS);
  });

  it('is in its turn though the clock was set back by some seconds', () => {
    expect(dueMs({ ...plan, takenMs: NOW_MS + 5_000 }, NOW_MS)).toBe(NOW_MS + 5_000 + 6 * HOUR_MS);
  });
});

describe('a schedule', () => {
  const context = (id: string, but: Partial<ContextSummary> = {}): ContextSummary =>
    ({ id, name: id, file: '/f', caFingerprints: [id], isUsable: true, problems: [], ...but }) as ContextSummary;
  const schedulesOf = (but: Partial<SchedulesOptions>) =>
    new SnapshotSchedules({
      ...{ path: join(folder, 'schedules.json'), known, took: () => Promise.resolve(), clock: new FakeClock() },
      ...{ log: silentLog, isKept: nobody, isChosen: nobody, contexts: () => [], ...but },
    } as SchedulesOptions);
  const wish = { folder: '/f', everyHours: 6, keep: 2 };

  it('says why none is taken while its context cannot be used, such as by a certificate that ended', async () => {
    const problems = [{ severity: 'error' as const, message: 'The client certificate expired on Monday.' }];
    const visit = vi.fn();
    const schedules = schedulesOf({
      contexts: () => [context('a', { isUsable: false, problems })],
      clusters: { visit },
    });
    const show = vi.fn();
    schedules.show = show;

    await schedules.plan('a', wish);
    await schedules.settled();

    expect(schedules.of('a').current.failure).toBe(
      'The last one was not taken: The client certificate expired on Monday.',
    );
    expect(show).toHaveBeenCalledTimes(1);
    expect(visit).not.toHaveBeenCalled();
  });

  it('of the demo is forgotten once the demo is left, and is never written down', async () => {
    let isKept = false;
    const path = join(folder, 'schedules.json');
    const clock = new FakeClock();
    const contexts = () => [context('a', { isUsable: false }), context('b', { isUsable: false })];
    const schedules = schedulesOf({ path, clock, contexts, isKept: () => isKept });
    await schedules.load();
    await schedules.plan('a', wish);

    isKept = true;
    await schedules.load();
    expect(clock.active).toBe(1);
    expect(schedules.folderOf('a')).toBeUndefined();
    await schedules.plan('b', wish);
    await schedules.settled();

    expect(await readFile(path, 'utf8')).not.toContain('"a"');
  });

  it('that cannot be written down is not planned, nor is one of another cluster that was planned at the same moment', async () => {
    await writeFile(join(folder, 'file'), '');
    const schedules = schedulesOf({
      ...{ path: join(folder, 'file', 'schedules.json'), isKept: () => true },
      contexts: () => [context('a'), context('b')],
    });

    const planned = await Promise.allSettled([schedules.plan('a', wish), schedules.plan('b', wish)]);

    expect(planned.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect([schedules.folderOf('a'), schedules.folderOf('b')]).toEqual([undefined, undefined]);
  });

  it('takes nothing once its context got another CA, says so, and goes on when it is planned again', async () => {
    const clock = new FakeClock();
    let ca = 'old';
    const contexts = () => [context('a', { caFingerprints: [ca], isUsable: false }), context('b', { isUsable: false })];
    const schedules = schedulesOf({ clock, contexts });
    await schedules.load();
    await schedules.plan('a', wish);
    const told: unknown[] = [];
    schedules.of('a').subscribe(({ plan, before }) => told.push([plan?.everyHours, before?.everyHours]));

    ca = 'new';
    clock.advance(30_000);
    await schedules.settled();

    expect(told.at(-1)).toEqual([undefined, 6]);
    expect([schedules.of('a').current.before, schedules.of('b').current.before]).toEqual([wish, undefined]);
    expect(schedules.folderOf('a')).toBeUndefined();
    await schedules.plan('a', { ...wish, keep: 3 });
    expect(schedules.of('a').current).toMatchObject({ plan: { keep: 3 } });
    // It was that one: of the CA before nothing is left.
    ca = 'old';
    expect([schedules.of('a').current.plan, schedules.of('a').current.before?.keep]).toEqual([undefined, 3]);
    await schedules.end('a');
    ca = 'new';
    expect([schedules.of('a').current.plan, schedules.of('a').current.before]).toEqual([undefined, undefined]);
    await schedules.close();
  });

  it('of a cluster that another context still leads to is not told of where its CA is another one', async () => {
    let ca = 'old';
    const contexts = () => [
      context('a', { caFingerprints: [ca], isUsable: false }),
      context('copy', { caFingerprints: ['old'], isUsable: false }),
    ];
    const schedules = schedulesOf({ contexts });
    await schedules.plan('a', wish);
    await schedules.settled();

    ca = 'new';

    expect([schedules.of('a').current.before, schedules.of('copy').current.plan?.keep]).toEqual([undefined, 2]);
  });

  it('that is turned off while the one of another cluster is taken takes none', async () => {
    const visited: string[] = [];
    const clock = new FakeClock();
    const visit = (id: string): never => {
      visited.push(id);
      if (visited.length > 2) void schedules.end('b');
      throw new Failed({ code: 'unreachable', message: 'Nobody answers.' });
    };
    const schedules: SnapshotSchedules = schedulesOf({
      contexts: () => [context('a'), context('b')],
      clusters: { visit },
      clock,
    });
    for (const id of ['a', 'b']) {
      await schedules.plan(id, wish);
      await schedules.settled();
    }
    clock.advance(HOUR_MS);
    schedules.look();
    await schedules.settled();

    expect(visited).toEqual(['a', 'b', 'a']);
  });
});

it('a machine that sends nothing more is told so: nobody cancelled it', async () => {
  const clock = new FakeClock();
  const status = {
    ...{ member_id: '1', leader: '1', protocol_version: '3.6.6', storage_version: '3.6.0', db_size: '1' },
    ...{ db_size_in_use: '1', raft_index: '1', raft_term: '7', raft_applied_index: '1', is_learner: false, errors: [] },
  };
  const member = { id: '1', hostname: 'cp-1', peer_urls: [], client_urls: [], is_learner: false };
  const answers: Readonly<Record<string, unknown>> = {
    EtcdStatus: { messages: [{ member_status: status }] },
    EtcdMemberList: { messages: [{ members: [member] }] },
    EtcdAlarmList: { messages: [] },
  };
  const waits = Promise.withResolvers<undefined>();
  const never = (signal: AbortSignal): AsyncIterable<never> => ({
    [Symbol.asyncIterator]: () => ({
      next: () => {
        waits.resolve(undefined);
        return new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')));
        });
      },
    }),
  });
  const taking = takeByItself({
    cluster: {
      caller: {
        nodes: [],
        unary: (path: string) => Promise.resolve({ value: answers[path.slice(path.lastIndexOf('/') + 1)] }),
        serverStream: (_path: string, _request: object, { signal }: { readonly signal: AbortSignal }) => never(signal),
        explain: () => ({ code: 'cancelled', message: 'It was cancelled.', retry: 'safe' }),
      },
      nodes: {
        current: { nodes: [nodeOf('10.5.0.2', { hostname: 'cp-1', role: 'controlplane' })] },
        refresh: () => Promise.resolve(),
      },
      destination: { name: 'sim' },
    },
    ...{ place: 'c', folder, known, clock, signal: new AbortController().signal, onBytes: () => undefined },
    unfinished: { during: (_what: object, write: () => Promise<unknown>) => write() },
  } as unknown as Taking);
  const failed = expect(taking).rejects.toThrow('Nothing came for 60 s; nothing was kept.');
  await waits.promise;

  clock.advance(61_000);

  await failed;
  expect(await readdir(folder)).toEqual([]);
});
