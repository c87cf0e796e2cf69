import { describe, expect, it } from 'vitest';
import { failure, Failed } from '../../../../main/lib/failed.ts';
import { NodeEntry } from '../../../../main/operations/health/node-entry.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { nodeOf } from '../../../fakes/bridge/cluster-data.ts';

const STALE_MS = 12_000;
const machine = { stage: 'running', isReady: true, unmetConditions: [] };
const diagnostics = [{ id: 'd', message: 'addresses overlap', details: [], sinceMs: 1 }];
const kubernetes = { name: 'w-1', isReady: true, isSchedulable: true, atMs: 1 };

function entry() {
  const clock = new FakeClock();
  const made = new NodeEntry(nodeOf('10.5.0.9'), { now: clock.now, onChange: () => undefined });
  return { clock, made, shown: () => made.view(clock.now(), STALE_MS) };
}

describe('what is known of a node', () => {
  it('is well only once its services were read, too, and unwell as soon as it says so itself', () => {
    const { made, shown } = entry();
    made.tell({ machine });
    expect(shown().state).toBe('unknown');
    made.tell({ services: [] });
    expect(shown().state).toBe('well');

    const other = entry();
    other.made.tell({ machine: { ...machine, isReady: false } });
    expect(other.shown().state).toBe('unwell');
  });

  it('is forgotten while it is not reached, and to be read anew', () => {
    const { clock, made, shown } = entry();
    made.tell({ machine, services: [], version: 'v1.13.9' });
    clock.advance(1_000);
    const gone = { state: 'offline', atMs: clock.now(), message: 'no route' } as const;
    made.fed(gone);
    expect(shown()).toMatchObject({ state: 'not-reached', version: 'v1.13.9' });
    expect(made.forgotten).toBe(1);
    clock.advance(1_000);
    made.heard();
    expect(shown().state).toBe('unknown');
    expect(shown()).not.toHaveProperty('stage');
  });

  it('counts no more once it answers after nobody read it for a while; figures keep their age', () => {
    const { clock, made, shown } = entry();
    const disk = { mountedOn: '/var', usedBytes: 1, totalBytes: 2, fraction: 0.5, atMs: 5 };
    made.tell({ machine, services: [], diagnostics, kubernetes, disk });
    made.unwatched();
    expect(shown().diagnostics).toHaveLength(1);
    clock.advance(3_600_000);
    made.heard();
    expect(shown()).toMatchObject({ state: 'unknown', diagnostics: [], disk: { atMs: 5 } });
    expect(shown()).not.toHaveProperty('kubernetes');
    made.tell({ machine, services: [] });
    expect(shown().state).toBe('well');
  });

  it('says of a refusal that it answered', () => {
    const { made, shown } = entry();
    const refused = failure({ code: 'denied', message: 'not authorized' });
    made.failed(new Failed(refused), refused, 0);
    expect(shown()).toMatchObject({ isStale: false, failure: { code: 'denied' } });
  });
});
