import { expect, it } from 'vitest';
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
        return { release: () => undefined };
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
