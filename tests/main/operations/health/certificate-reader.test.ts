import { describe, expect, it } from 'vitest';
import { Failed } from '../../../../main/lib/failed.ts';
import { CertificateReader } from '../../../../main/operations/health/certificate-reader.ts';
import { NodeEntry } from '../../../../main/operations/health/node-entry.ts';
import type { Caller } from '../../../../main/operations/clusters/caller.ts';
import { nodeOf } from '../../../fakes/bridge/cluster-data.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';

const TYPES = 6;
const MINUTE_MS = 60_000;
const YEAR_MS = 365 * 86_400_000;

/** A machine whose certificate for etcd has so long left, and how often it was asked. */
function reading({ leftMs = YEAR_MS, isAdmin = true, isRefused = false } = {}) {
  const clock = new FakeClock();
  const entry = new NodeEntry(nodeOf('10.5.0.2'), { now: clock.now, onChange: () => undefined });
  const state = { leftMs, calls: 0, types: new Set<string>() };
  const held = () => ({
    ...{ place: 'etcd', subject: 'CN=cp-1', issuer: '', isAuthority: false },
    ...{ notBeforeMs: clock.now() + state.leftMs - YEAR_MS, notAfterMs: clock.now() + state.leftMs },
  });
  const caller = {
    texts: { reading: () => ({ unread: 0, read: async () => [held()] }) },
    serverStream: async function* (_path: string, { type }: { type: string }) {
      state.calls += 1;
      state.types.add(type);
      if (isRefused) throw new Failed({ code: 'denied', message: 'no' });
      if (type.startsWith('EtcdSecrets')) yield { resource: { spec: { yaml_spec: '' } } };
    },
    explain: (error: unknown) => (error as Failed).failure,
  } as unknown as Caller;
  const reader = new CertificateReader({
    ...{ entry, clock, random: () => 0.5, signal: new AbortController().signal },
    connection: () => caller,
    mayReadSecrets: () => isAdmin,
  });
  const after = async (ms: number): Promise<void> => {
    clock.advance(ms);
    reader.tick();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { clock, entry, state, reader, after };
}

describe('certificates that a machine keeps', () => {
  it('are read some seconds after it is watched, so that not all are asked at once, and then each hour', async () => {
    const { entry, state, after } = reading();
    await after(17_000);
    expect(state.calls).toBe(0);
    await after(1_000);
    expect(state.calls).toBe(TYPES);
    // The keys of authorities are left where they are unless somebody asks.
    expect([...state.types].filter((type) => type.includes('Root'))).toEqual([]);
    expect(entry.facts.certificates?.held).toMatchObject([{ purpose: 'etcd', subject: 'CN=cp-1' }]);
    await after(59 * MINUTE_MS);
    expect(state.calls).toBe(TYPES);
    await after(MINUTE_MS);
    expect(state.calls).toBe(2 * TYPES);
  });

  it('are read each half minute while one is near its end, so that what was renewed is not told of for long', async () => {
    const { entry, state, after } = reading({ leftMs: MINUTE_MS });
    await after(18_000);
    expect(entry.facts.certificates?.held[0]).toMatchObject({ purpose: 'etcd' });
    state.leftMs = YEAR_MS;
    await after(MINUTE_MS / 2);
    expect(state.calls).toBe(2 * TYPES);
    await after(MINUTE_MS);
    expect(state.calls).toBe(2 * TYPES);
  });

  it('are read once more when somebody asks while they are being read: what changed since is not in that', async () => {
    const { state, reader, after, clock } = reading();
    clock.advance(18_000);
    reader.tick();
    reader.refresh();
    await after(0);
    await after(2_000);
    expect(state.calls).toBe(2 * TYPES);
  });

  it('are read within moments when somebody asks', async () => {
    const { state, reader, after } = reading();
    await after(18_000);
    reader.refresh();
    await after(2_000);
    expect(state.calls).toBe(2 * TYPES);
  });

  it('are not asked for by who is no os:admin, and no more by whom the machine refuses', async () => {
    const reader = reading({ isAdmin: false });
    await reader.after(HOUR_MS);
    expect(reader.state.calls).toBe(0);

    const refused = reading({ isRefused: true });
    await refused.after(HOUR_MS);
    await refused.after(HOUR_MS);
    expect(refused.state.calls).toBe(TYPES);
    expect(refused.entry.facts.certificates).toBeUndefined();
  });
});

const HOUR_MS = 60 * MINUTE_MS;
