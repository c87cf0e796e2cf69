import { expect, it } from 'vitest';
import { Failed } from '../../../../main/lib/failed.ts';
import type { Caller } from '../../../../main/operations/clusters/caller.ts';
import type { ClusterChange } from '../../../../main/operations/clusters/lease.ts';
import { HeldCluster } from '../../../../main/operations/deeds/held-cluster.ts';
import type { ContextSummary } from '../../../../preload/contract/index.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';

it('the cluster of a deed is never another one that goes by its name, and is followed when it gets another', () => {
  const authorities = new Map([['prod', 'ca-of-prod']]);
  let tell: ((change: ClusterChange) => void) | undefined;
  const called: string[] = [];
  const held = new HeldCluster('prod', {
    clock: new FakeClock(),
    context: (id) => ({ name: id, file: 'config', caFingerprints: [authorities.get(id)] }) as unknown as ContextSummary,
    clusters: {
      of: (id: string) => {
        called.push(id);
        return {} as Caller;
      },
      lease: (_id: string, onChange?: (change: ClusterChange) => void) => {
        tell = onChange;
        return { release: () => undefined, signal: new AbortController().signal };
      },
    } as never,
  });
  held.hold({ pause: () => undefined });
  held.caller();

  authorities.set('prod', 'ca-of-another');
  expect(() => held.caller()).toThrow('leads to another cluster');
  expect(held.whyWait()).toBe('Its context leads to another cluster now. Put it back, or stop.');

  authorities.set('old-prod', 'ca-of-prod');
  tell?.({ type: 'renamed', from: 'prod', to: 'old-prod' });
  held.caller();
  expect(called).toEqual(['prod', 'old-prod']);
  expect(held.whyWait()).toBeUndefined();
});

it('an ended certificate and a context that is gone let no further machine begin, and other endpoints pause at once', () => {
  const clock = new FakeClock();
  const certificate = { notAfterMs: clock.now() + 60_000 };
  let isThere = true;
  let tell: ((change: ClusterChange) => void) | undefined;
  const held = new HeldCluster('prod', {
    clock,
    context: (id) => {
      if (!isThere) throw new Failed({ code: 'not-found', message: `There is no context ${id} any more.` });
      return { name: id, file: 'config', caFingerprints: ['ca'], certificate } as unknown as ContextSummary;
    },
    clusters: {
      lease: (_id: string, onChange?: (change: ClusterChange) => void) => {
        tell = onChange;
        return { release: () => undefined, signal: new AbortController().signal };
      },
    } as never,
  });
  const paused: (string | undefined)[] = [];
  held.hold({ pause: (why) => void paused.push(why) });
  expect(held.whyWait()).toBeUndefined();

  tell?.({ type: 'renewed' });
  expect(paused).toEqual([]);
  tell?.({ type: 'moved' });
  expect(paused).toEqual(['The endpoints of its context were changed. Look at them, then let it go on.']);
  clock.advance(60_000);
  expect(held.whyWait()).toBe('The certificate of its context has ended. Renew it, or stop.');
  isThere = false;
  expect(held.whyWait()).toBe('Its context is gone: There is no context prod any more. Put it back, or stop.');
  expect(() => held.caller()).toThrow('no context prod');
});

it('says at once that its cluster was closed, and holds it once more when it is back, once', () => {
  const leases: AbortController[] = [];
  let isThere = true;
  const held = new HeldCluster('prod', {
    clock: new FakeClock(),
    context: (id) => ({ name: id, file: 'config', caFingerprints: ['ca'] }) as unknown as ContextSummary,
    clusters: {
      lease: () => {
        if (!isThere) throw new Failed({ code: 'precondition', message: 'It has no credentials.' });
        const closed = new AbortController();
        leases.push(closed);
        return { release: () => undefined, signal: closed.signal };
      },
    } as never,
  });
  const paused: (string | undefined)[] = [];
  held.hold({ pause: (why) => void paused.push(why) });

  isThere = false;
  leases[0]?.abort();
  expect(paused).toEqual(['It has no credentials.']);
  expect(held.whyWait()).toBe('It has no credentials.');

  isThere = true;
  expect([held.whyWait(), held.whyWait(), leases.length]).toEqual([undefined, undefined, 2]);
  leases[1]?.abort();
  expect(paused.at(-1)).toBe('Its cluster was closed. Look at its context, then let it go on.');
});
