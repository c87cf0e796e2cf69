import { afterEach, describe, expect, it } from 'vitest';
import { Failed } from '../../../../main/lib/failed.ts';
import { ClockSkew } from '../../../../main/operations/clusters/clock-skew.ts';
import type { Caller } from '../../../../main/operations/clusters/caller.ts';
import { startSimulator } from '../../../../main/simulator/simulator.ts';
import type { ClockState, NodeSummary } from '../../../../preload/contract/index.ts';
import { nodeOf } from '../../../fakes/bridge/cluster-data.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { openWorkspace, testProto } from '../../../fakes/open-workspace.ts';

const MINUTE_MS = 60_000;
const GLANCE_MS = 30_000;

/** An id whose first four bytes are these seconds: 32 bits and three more, which are 0. */
const eventId = (ms: number): string => (Math.floor(ms / 1000) * 8).toString(32).padStart(7, '0').padEnd(20, '0');

/** A cluster whose answers take `thereMs` to be made and `backMs` to arrive; the time in them is that of the making. */
function measuring(
  answers: readonly { aheadMs?: number; thereMs?: number; backMs?: number; stepMs?: number; fails?: boolean }[],
  nodes: readonly NodeSummary[] = [],
) {
  const clock = new FakeClock();
  let steppedMs = 0;
  const asked: (string | undefined)[] = [];
  const unary = (_path: string, _request: object, { node }: { readonly node?: string }): Promise<object> => {
    const { aheadMs = 0, thereMs = 10, backMs = 10, stepMs = 0, fails } = answers[asked.length] ?? answers.at(-1)!;
    asked.push(node);
    if (fails) return Promise.reject(new Failed({ code: 'unreachable', message: 'No endpoint answers.' }));
    clock.advance(thereMs);
    const atMs = clock.now() + aheadMs;
    clock.advance(backMs);
    steppedMs += stepMs;
    const localtime = { seconds: String(Math.floor(atMs / 1000)), nanos: (atMs % 1000) * 1e6 };
    return Promise.resolve({ endpoint: '127.0.0.2', value: { messages: [{ localtime }] } });
  };
  const glances: (string | undefined)[] = [];
  const glanced = { aheadMs: 0, isSilent: false };
  const serverStream = (_path: string, _request: object, { node }: { readonly node?: string }) => {
    glances.push(node);
    const id = glanced.isSilent ? '' : eventId(clock.now() + glanced.aheadMs);
    const open = { id, data: null, actor_id: '' };
    return { [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: false, value: open }) }) };
  };
  const skew = new ClockSkew({
    context: () => 'prod',
    connection: () => ({ unary, serverStream }) as unknown as Caller,
    nodes: () => ({ nodes }),
    clock: { ...clock, now: () => clock.now() + steppedMs, monotonic: clock.monotonic, after: clock.after },
  });
  const states: ClockState[] = [];
  const stop = skew.subscribe((state) => states.push(state));
  return { clock, asked, states, stop, skew, glances, glanced };
}

describe('the clocks of the nodes', () => {
  it('are measured at the middle of the round trip, with how near that is', async () => {
    const { states, stop } = measuring([{ aheadMs: 90_000, thereMs: 10, backMs: 30 }]);
    await expect.poll(() => states).toHaveLength(1);
    stop();
    const [{ status, clocks }] = states as [ClockState];
    expect(status).toBe('known');
    expect(clocks).toMatchObject([{ node: '127.0.0.2', errorMs: 20 }]);
    expect(clocks[0]!.aheadMs).toBeCloseTo(90_000 - 10, 3);
  });

  it('are those of at most three control planes, where they are known', async () => {
    const nodes = [1, 2, 3, 4].map((n) => nodeOf(`10.5.0.${n}`, { hostname: `cp-${n}`, role: 'controlplane' }));
    const { states, asked, stop } = measuring([{ aheadMs: 500 }], nodes);
    await expect.poll(() => states).toHaveLength(1);
    stop();
    expect(states[0]!.clocks.map(({ node }) => node)).toEqual(['cp-1', 'cp-2', 'cp-3']);
    expect(asked).toEqual(['10.5.0.1', '10.5.0.2', '10.5.0.3']);
  });

  it('are those of the next control planes where the first do not answer, and of the endpoint where none does', async () => {
    const nodes = [1, 2, 3, 4].map((n) => nodeOf(`10.5.0.${n}`, { hostname: `cp-${n}`, role: 'controlplane' }));
    const some = measuring([{ fails: true }, { fails: true }, {}, {}], nodes);
    await expect.poll(() => some.states).toHaveLength(1);
    some.stop();
    expect(some.states[0]!.clocks.map(({ node }) => node)).toEqual(['cp-3', 'cp-4']);

    const none = measuring([{ fails: true }, { fails: true }, {}], nodes.slice(0, 2));
    await expect.poll(() => none.states).toHaveLength(1);
    none.stop();
    expect(none.states[0]).toMatchObject({ status: 'known', clocks: [{ node: '127.0.0.2' }] });
  });

  it('are measured once more where the first answer took long, and the better one counts', async () => {
    const { states, asked, stop } = measuring([{ thereMs: 800 }, { thereMs: 4, backMs: 4 }]);
    await expect.poll(() => states).toHaveLength(1);
    stop();
    expect(asked).toHaveLength(2);
    expect(states[0]!.clocks[0]!.errorMs).toBe(4);
  });

  it('stay unknown, with the reason, where nothing answers, and are measured again later', async () => {
    const { states, clock, stop } = measuring([{ fails: true }, {}]);
    await expect.poll(() => states).toHaveLength(1);
    expect(states[0]).toMatchObject({ status: 'unknown', clocks: [], failure: { message: 'No endpoint answers.' } });
    clock.advance(MINUTE_MS);
    await expect.poll(() => states.at(-1)!.status).toBe('known');
    stop();
    expect(clock.active).toBe(0);
  });

  it('are measured again after ten minutes: a node asks its time server each time', async () => {
    const { states, clock, asked, glances, stop } = measuring([{}]);
    await expect.poll(() => states).toHaveLength(1);
    for (let turn = 1; turn < 20; turn += 1) {
      clock.advance(GLANCE_MS);
      await expect.poll(() => glances).toHaveLength(turn);
    }
    expect(asked).toHaveLength(1);
    clock.advance(GLANCE_MS);
    await expect.poll(() => states).toHaveLength(2);
    stop();
    expect(clock.active).toBe(0);
  });

  it('are measured within half a minute of one that went wrong or was put right, by what costs no time server anything', async () => {
    const { states, clock, glanced, asked, stop } = measuring([{}, { aheadMs: 90_000 }, {}]);
    await expect.poll(() => states).toHaveLength(1);
    glanced.aheadMs = 90_000;
    clock.advance(GLANCE_MS);
    await expect.poll(() => states).toHaveLength(2);
    glanced.aheadMs = 0;
    clock.advance(GLANCE_MS);
    await expect.poll(() => states).toHaveLength(3);
    expect(asked).toHaveLength(3);
    expect(states.map(({ clocks }) => Math.round(clocks[0]!.aheadMs / 1000))).toEqual([0, 90, 0]);
    stop();
    expect(clock.active).toBe(0);
  });

  it('that are apart are measured each minute where a glance tells nothing, and those that are not only in ten', async () => {
    const apart = measuring([{ aheadMs: 90_000 }, {}]);
    apart.glanced.isSilent = true;
    await expect.poll(() => apart.states).toHaveLength(1);
    apart.clock.advance(GLANCE_MS);
    await expect.poll(() => apart.glances).toHaveLength(1);
    expect(apart.asked).toHaveLength(1);
    apart.clock.advance(GLANCE_MS);
    await expect.poll(() => apart.states).toHaveLength(2);
    expect(Math.round(apart.states[1]!.clocks[0]!.aheadMs / 1000)).toBe(0);
    for (let turn = 3; turn < 8; turn += 1) {
      apart.clock.advance(GLANCE_MS);
      await expect.poll(() => apart.glances).toHaveLength(turn);
    }
    expect(apart.asked).toHaveLength(2);
    apart.stop();
    expect(apart.clock.active).toBe(0);
  });

  it('are measured at once when a machine seems to have set its clock, but never twice within half a minute', async () => {
    const { states, clock, asked, skew, stop } = measuring([{}, { aheadMs: 90_000 }]);
    await expect.poll(() => states).toHaveLength(1);
    skew.again();
    clock.advance(20_000);
    skew.again();
    expect(asked).toHaveLength(1);
    clock.advance(10_000);
    await expect.poll(() => states).toHaveLength(2);
    stop();
    skew.again();
    expect(clock.active).toBe(0);
  });

  it('stay unknown when the clock of this computer was set during the call', async () => {
    const { states, stop } = measuring([{ stepMs: 3_600_000 }]);
    await expect.poll(() => states).toHaveLength(1);
    stop();
    expect(states[0]).toEqual({ context: 'prod', status: 'unknown', clocks: [] });
  });
});

describe('against simulated nodes', () => {
  let close: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const one of close) await one();
    close = [];
  });

  it('sees how far they are ahead, and renews a certificate that begins in the future here', async () => {
    const simulator = await startSimulator({ proto: testProto(), controlPlanes: 1, workers: 0, clockSkewMs: 90_000 });
    const { workspace, close: closeWorkspace } = await openWorkspace(simulator.talosconfig);
    close = [closeWorkspace, () => simulator.close()];
    const clocks = workspace.clusters.clocks('sim');
    const stop = clocks.subscribe(() => undefined);
    await expect.poll(() => clocks.current.status).toBe('known');
    stop();
    const [measured] = clocks.current.clocks;
    expect(Math.abs(measured!.aheadMs - 90_000)).toBeLessThanOrEqual(measured!.errorMs + 1);

    const { renewals } = workspace.editing;
    const { after, token } = await renewals.renew('sim', new AbortController().signal);
    expect(after.notBeforeMs).toBeGreaterThan(Date.now());
    await workspace.plans.apply(token);
    const [context] = workspace.talosconfig.state.current.contexts;
    expect(context).toMatchObject({ isUsable: true, problems: [{ severity: 'warning', field: 'crt' }] });
  });

  it('are not known when the context is gone, and nothing breaks', async () => {
    const skew = new ClockSkew({
      context: () => 'gone',
      connection: () => {
        throw new Failed({ code: 'not-found', message: 'There is no context gone.' });
      },
      nodes: () => {
        throw new Failed({ code: 'not-found', message: 'There is no context gone.' });
      },
      clock: new FakeClock(),
    });
    const states: ClockState[] = [];
    const stop = skew.subscribe((state) => states.push(state));

    await expect.poll(() => states).toMatchObject([{ status: 'unknown', clocks: [], failure: { code: 'not-found' } }]);
    stop();
  });
});
