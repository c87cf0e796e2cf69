import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../../../main/operations/clusters/caller.ts';
import { configCame } from '../../../../../main/operations/deeds/config/config-look-up.ts';
import { DEEDS } from '../../../../../main/operations/deeds/deed-list.ts';
import { defragmentCame } from '../../../../../main/operations/deeds/etcd/defragment.ts';
import { takenBackCame } from '../../../../../main/operations/deeds/etcd/downgrade.ts';
import { fileSystemOf, wipeCame, type WipeState } from '../../../../../main/operations/deeds/etcd/wipe-look-up.ts';
import type { LookUpTools } from '../../../../../main/operations/deeds/kit/definition.ts';
import type { Boot } from '../../../../../main/operations/deeds/power/machine-look.ts';
import { lengthTrace, metaWriteLookUp } from '../../../../../main/operations/deeds/small/meta-look-up.ts';

it('every kind of deed says how it is looked up after a restart', () => {
  expect(DEEDS.filter(({ lookUp }) => lookUp === undefined).map(({ id }) => id)).toEqual([]);
});

describe('of a config', () => {
  const hashes = { active: 'a', disk: 'a', wanted: 'w' };
  const [auto, staged, tried] = (['auto', 'staged', 'try'] as const).map((mode) => ({ mode, tryMs: 60_000 }));

  it.each([
    ['runs and keeps it', auto, { activeHash: 'w', persistentHash: 'w' }, 0, 'done'],
    ['runs it, with another one on its disk', auto, { activeHash: 'w', persistentHash: 'a' }, 9e9, 'unknown'],
    ['is as before, a moment after', auto, { activeHash: 'a', persistentHash: 'a' }, 1_000, 'goes-on'],
    ['is as before', auto, { activeHash: 'a', persistentHash: 'a' }, 61_000, 'not-done'],
    ['has a third one', auto, { activeHash: 'x', persistentHash: 'x' }, 61_000, 'unknown'],
    ['has it on its disk', staged, { activeHash: 'a', persistentHash: 'w' }, 0, 'done'],
    ['tries it', tried, { activeHash: 'w', persistentHash: 'a' }, 0, 'goes-on'],
    ['kept the try', tried, { activeHash: 'w', persistentHash: 'w' }, 0, 'done'],
    ['may still be sent the try', tried, { activeHash: 'a', persistentHash: 'a' }, 61_000, 'goes-on'],
    ['let the try lapse', tried, { activeHash: 'a', persistentHash: 'a' }, 121_000, 'not-done'],
  ])('a machine that %s tells what came of it', (_what, how, now, sinceMs, kind) => {
    expect(configCame(hashes, now, how ?? expect.fail(), sinceMs).kind).toBe(kind);
  });

  it('one that had it before shows nothing by having it', () => {
    const had = { active: 'w', disk: 'w', wanted: 'w' };
    expect(configCame(had, { activeHash: 'w', persistentHash: 'w' }, auto ?? expect.fail(), 0).kind).toBe('unknown');
  });
});

it.each([
  [{ was: 200, now: 100, inUse: 100 }, 0, 'done'],
  [{ was: 200, now: 200, inUse: 195 }, 9e9, 'unknown'],
  [{ was: 200, now: 210, inUse: 100 }, 1_000, 'goes-on'],
  [{ was: 200, now: 200, inUse: 100 }, 601_000, 'not-done'],
  // A database that was written anew grows, and may be larger than before when it is looked up.
  [{ was: 200, now: 210, inUse: 100 }, 601_000, 'unknown'],
  // An answer without a size is no small database, and an older Minos kept no size.
  [{ was: 200, now: 0, inUse: 0 }, 601_000, 'goes-on'],
  [{ was: Number.NaN, now: 200, inUse: 100 }, 601_000, 'unknown'],
])('of a database, %o after %i ms is %s', (sizes, sinceMs, kind) => {
  expect(defragmentCame(sizes, sinceMs).kind).toBe(kind);
});

it.each([
  [undefined, 'secret', 'secret', 0, 'done'],
  ['old', 'secret', 'secret', 0, 'done'],
  ['older!', 'secret', 'secret', 0, 'unknown'],
  ['old', 'secret', 'old', 1_000, 'goes-on'],
  ['old', 'secret', 'old', 61_000, 'not-done'],
  [undefined, 'secret', undefined, 61_000, 'not-done'],
  ['old', 'secret', 'another one', 61_000, 'unknown'],
  ['old', 'secret', undefined, 61_000, 'unknown'],
])('of a key of META, %o written as %o reads %o: after %i ms that is %s', async (was, wanted, now, sinceMs, kind) => {
  const trace = lengthTrace(was, wanted);
  expect(trace).not.toContain(wanted);
  const tools = { another: undefined, before: { trace }, sinceMs } as unknown as LookUpTools;
  expect((await metaWriteLookUp(() => Promise.resolve(now))(tools)).kind).toBe(kind);
});

it.each([
  ['is stored as the newer version again', '3.5 of 3.6', '3.6 of 3.6', 0, 'done'],
  ['is stored as before, a moment after', '3.5 of 3.6', '3.5 of 3.6', 1_000, 'goes-on'],
  ['is stored as before', '3.5 of 3.6', '3.5 of 3.6', 61_000, 'not-done'],
  // Somebody went on with the older version meanwhile.
  ['is stored as before, and a member runs the older version', '3.5 of 3.6', '3.5 of 3.5 3.6', 61_000, 'not-done'],
  ['is stored as before, and all run the older version', '3.5 of 3.6', '3.5 of 3.5', 61_000, 'not-done'],
  ['was stored as either, and one member is silent', '3.5 3.6 of 3.6', '3.6 of 3.6, not all', 61_000, 'goes-on'],
  ['tells nothing', '3.5 of 3.6', ' of , not all', 61_000, 'goes-on'],
  ['was stored as no older version', '3.6 of 3.6', '3.6 of 3.6', 61_000, 'unknown'],
  ['was planned by an older Minos', '', '3.6 of 3.6', 61_000, 'unknown'],
])('of an older version of etcd that is taken back, data that %s', (_what, before, now, sinceMs, kind) => {
  expect(takenBackCame(before, now, sinceMs).kind).toBe(kind);
});

describe('of data of etcd that is wiped', () => {
  it.each([
    ['by the label of its partition', ['STATE u1', 'EPHEMERAL u2'], 'u2'],
    // An older installation on another disk: disks may change places in a boot.
    ['by none where two have the label', ['EPHEMERAL u1', 'EPHEMERAL u2'], undefined],
    ['by none where it has none yet', ['EPHEMERAL '], undefined],
  ])('the file system is told %s', async (_what, volumes, uuid) => {
    const caller = {
      texts: { reading: () => ({ read: (_kind: string, _columns: unknown, text: string) => text.split(' ') }) },
      async *serverStream() {
        for (const yaml_spec of volumes) yield await Promise.resolve({ resource: { spec: { yaml_spec } } });
      },
    } as unknown as Caller;

    expect(await fileSystemOf(caller, { node: 'cp-1', signal: new AbortController().signal })).toBe(uuid);
  });

  const LED = { node: '10.0.0.1', service: 'Running', data: 'present', member: '1', leader: '1' } as const;
  const before = { id: 'a', member: '1', fileSystem: 'x' };

  it.each<[string, object | undefined, Boot, number, string]>([
    ['in another boot, on a file system of its own', before, { id: 'b' }, 0, 'done'],
    ['in the boot it was in', before, { id: 'a' }, 61_000, 'not-done'],
    // A certificate of another role, such as that of least power, reads no boot id.
    ['read by another role', before, { atS: 1_000 }, 61_000, 'unknown'],
    ['with a clock that was set', { ...before, id: undefined, atS: 1_000 }, { atS: 1_002 }, 61_000, 'not-done'],
    ['of which no boot was kept', undefined, { id: 'b' }, 61_000, 'unknown'],
  ])('a machine %s', (_what, trace, boot, sinceMs, kind) => {
    const now = { boot, etcd: LED, fileSystem: 'y' };
    expect(wipeCame(trace && JSON.stringify(trace), now, { name: 'cp-1', sinceMs }).kind).toBe(kind);
  });

  it.each<[string, object, string | undefined, object, string]>([
    ['has no data', { data: 'empty' }, undefined, {}, 'done'],
    ['is led, on the file system that it had', {}, 'x', before, 'failed'],
    ['is led by itself as it was, as after a recovery, on a new file system', {}, 'y', before, 'done'],
    ['is another member, and does not tell its file system', { member: '2' }, undefined, before, 'done'],
    ['is the member that it was, and does not tell its file system', {}, undefined, before, 'unknown'],
    ['is led, and nobody knows what it was before', {}, 'y', {}, 'unknown'],
    ['does not tell what is on its disk', { data: undefined }, undefined, before, 'unknown'],
  ])('a machine in another boot that %s', (_what, etcd, fileSystem, was, kind) => {
    const now = { boot: { id: 'b' }, etcd: { ...LED, ...etcd }, fileSystem } as WipeState;
    expect(wipeCame(JSON.stringify({ ...was, id: 'a' }), now, { name: 'cp-1', sinceMs: 0 }).kind).toBe(kind);
  });
});
