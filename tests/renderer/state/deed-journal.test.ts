import { expect, it } from 'vitest';
import type { DeedRecord } from '../../../preload/contract/index.ts';
import { contextOfDeed, deedsOfCluster } from '../../../renderer/state/deeds/deed-journal.ts';

const context = (name: string, ...caFingerprints: readonly string[]) => ({
  ...{ id: name, name, file: '/c', isUsable: true, caFingerprints },
});
const deed = (id: string, context: string, cluster?: string): DeedRecord => ({
  ...{ id, atMs: 0, deed: id, context, file: '/c', talosctl: '', steps: [], isOver: true },
  ...(cluster !== undefined && { cluster }),
});

it('a context keeps its deeds when it is given another name, and gets none of the cluster that has its name now', () => {
  const contexts = [context('renamed', 'ca-1'), context('prod', 'ca-2')];
  const deeds = [deed('a', 'prod', 'ca-1'), deed('b', 'prod', 'ca-2'), deed('c', 'other', 'ca-0 ca-1')];
  const ids = (at: number) => deedsOfCluster(deeds, contexts[at] ?? expect.fail(), contexts).map(({ id }) => id);
  expect(ids(0)).toEqual(['a', 'c']);
  expect(ids(1)).toEqual(['b']);
  expect(contextOfDeed(deed('a', 'prod', 'ca-1'), contexts)?.id).toBe('renamed');
  expect(contextOfDeed(deed('a', 'prod', 'ca-9'), contexts)).toBeUndefined();
});

it('a deed of an older journal, and one of a context without authority, is found by name and file', () => {
  const contexts = [context('prod', 'ca-1'), context('again', 'ca-1'), context('bare')];
  const deeds = [deed('a', 'again'), deed('b', 'bare', '/c#bare'), deed('c', 'gone')];
  const ids = (at: number) => deedsOfCluster(deeds, contexts[at] ?? expect.fail(), contexts).map(({ id }) => id);
  expect([ids(0), ids(2)]).toEqual([['a'], ['b']]);
  expect(contextOfDeed(deeds[0] ?? expect.fail(), contexts)?.id).toBe('again');
  expect(contextOfDeed(deeds[1] ?? expect.fail(), contexts)?.id).toBe('bare');
});
