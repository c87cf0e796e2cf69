import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../../../main/lib/clock.ts';
import type { LensItem, LensSourceWish } from '../../../../preload/contract/index.ts';
import type { Caller } from '../../../../main/operations/clusters/caller.ts';
import { followSources } from '../../../../main/operations/lens/follow-sources.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { openBench, type Bench } from '../work/runs-harness.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench({ clock: systemClock });
});
afterEach(async () => {
  expect(await bench.close()).toBe(0);
});

const linesOf = (items: readonly LensItem[], source: number): readonly string[] =>
  items.flatMap((item) => (item.type === 'lines' && item.source === source ? item.text.split('\n') : []));
const of = <T extends LensItem['type']>(items: readonly LensItem[], type: T) =>
  items.filter((item): item is Extract<LensItem, { type: T }> => item.type === type);

/** Follows until `isEnough`; `at` is called with what came so far, after each item. */
async function follow(
  input: { readonly sources: readonly LensSourceWish[]; readonly follow?: boolean; readonly tail?: number },
  isEnough: (items: readonly LensItem[]) => boolean | Promise<boolean>,
): Promise<readonly LensItem[]> {
  const stop = new AbortController();
  const items: LensItem[] = [];
  const wish = { context: 'sim', follow: true, tail: 20, ...input, sources: [...input.sources] };
  for await (const item of bench.workspace.lens.follow(wish, stop.signal)) {
    items.push(item);
    if (!stop.signal.aborted && (await isEnough(items))) stop.abort();
  }
  return items;
}

test('services, containers, the kernel and events of several nodes come together, and what is read ends', async () => {
  const [{ containers: [container] = [] } = {}] = await listed();
  const items = await follow(
    {
      sources: [
        { kind: 'service', node: 'cp-1', id: 'etcd' },
        { kind: 'container', node: 'cp-1', id: container?.id ?? '' },
        { kind: 'kernel', node: 'cp-2' },
      ],
      follow: false,
    },
    () => false,
  );
  expect(items[0]).toMatchObject({ type: 'opened' });
  expect(linesOf(items, 0)).toHaveLength(20);
  expect(linesOf(items, 1).length).toBeGreaterThan(0);
  expect(linesOf(items, 2).every((line) => /^(kern|user): /.test(line))).toBe(true);
  for (const source of [0, 1, 2])
    expect(of(items, 'state').findLast((one) => one.source === source)?.state).toBe('ended');
});

async function listed() {
  const { listSources } = await import('../../../../main/operations/lens/list-sources.ts');
  return listSources(bench.workspace.clusters.of('sim'), ['cp-1', 'cp-9'], new AbortController().signal);
}

test('what can be followed is listed by node, and a node that does not answer says why', async () => {
  const [known, unknown] = await listed();
  expect(known?.services).toEqual(expect.arrayContaining(['etcd', 'kubelet', 'controller-runtime']));
  expect(known?.containers[0]).toMatchObject({ id: expect.stringMatching(/^[\w-]+\/[\w-]+:[\w-]+$/) as string });
  expect(unknown).toMatchObject({ node: 'cp-9', services: [], containers: [], failure: { where: { node: 'cp-9' } } });
});

test('events are decoded, and follow', async () => {
  const items = await follow(
    { sources: [{ kind: 'events', node: 'cp-1' }], tail: -1 },
    (all) => of(all, 'events').flatMap((item) => item.events).length > 3,
  );
  const events = of(items, 'events').flatMap((item) => item.events);
  expect(events[0]).toMatchObject({ kind: 'sequence', subject: 'boot', action: 'START' });
  expect(new Set(events.map(({ kind }) => kind)).size).toBeGreaterThan(1);
});

test('an endpoint that dies costs no line: the log goes on where it stopped, with a mark that says so', async () => {
  let killed: string | undefined;
  let gapAt = -1;
  const items = await follow({ sources: [{ kind: 'kernel', node: 'worker-01' }], tail: -1 }, async (all) => {
    const endpoint = of(all, 'state').find(({ state }) => state === 'open');
    if (killed === undefined && endpoint?.state === 'open' && linesOf(all, 0).length > 50) {
      killed = endpoint.endpoint;
      await delay(700);
      await bench.simulator.setEndpointFault(killed, { kind: 'refuse' });
    }
    gapAt = all.findIndex(({ type }) => type === 'gap');
    return gapAt >= 0 && all.length > gapAt + 1;
  });
  const [gap] = of(items, 'gap');
  expect(gap).toMatchObject({ from: killed, missing: 'nothing' });
  expect(gap?.to).not.toBe(killed);
  const lines = linesOf(items, 0);
  expect(new Set(lines).size).toBe(lines.length);
  const whole = await follow(
    { sources: [{ kind: 'kernel', node: 'worker-01' }], tail: -1, follow: false },
    () => false,
  );
  // The node keeps a thousand lines: what it has dropped meanwhile was followed all the same.
  const first = lines.indexOf(linesOf(whole, 0)[0] ?? '');
  expect(first).toBeGreaterThanOrEqual(0);
  expect(linesOf(whole, 0).slice(0, lines.length - first)).toEqual(lines.slice(first));
}, 60_000);

test('a node that dies is told apart from a quiet one, and goes on when it is back', async () => {
  let isDown = false;
  const items = await follow({ sources: [{ kind: 'service', node: 'worker-01', id: 'kubelet' }] }, (all) => {
    const states = of(all, 'state').map(({ state }) => state);
    if (!isDown && states.includes('open')) {
      isDown = true;
      bench.simulator.setNodeFault('worker-01', { kind: 'down' });
    }
    if (states.at(-1) === 'silent') bench.simulator.setNodeFault('worker-01', null);
    return states.lastIndexOf('open') > states.indexOf('silent') && states.includes('silent');
  });
  expect(of(items, 'state').map(({ state }) => state)).toEqual(
    expect.arrayContaining(['connecting', 'open', 'silent']),
  );
}, 60_000);

test('a log that a node does not have is away while it is followed, and other nodes go on', async () => {
  const items = await follow(
    {
      sources: [
        { kind: 'service', node: 'worker-01', id: 'etcd' },
        { kind: 'service', node: 'cp-1', id: 'etcd' },
      ],
    },
    (all) => linesOf(all, 1).length > 0 && of(all, 'state').some(({ state }) => state === 'away' || state === 'failed'),
  );
  expect(of(items, 'state').find(({ source, state }) => source === 0 && state !== 'connecting')).toMatchObject({
    state: 'away',
    failure: { code: 'not-found' },
  });
});

test('leaving one source ends it alone', async () => {
  let hasLeft = false;
  const items = await follow(
    {
      sources: [
        { kind: 'kernel', node: 'cp-1' },
        { kind: 'kernel', node: 'cp-2' },
      ],
      tail: 1,
    },
    (all) => {
      const [first] = all;
      if (!hasLeft && linesOf(all, 0).length > 0 && first?.type === 'opened') {
        hasLeft = true;
        bench.workspace.lens.leave(first.id, 0);
      }
      return hasLeft && linesOf(all, 1).length > 0;
    },
  );
  expect(items.length).toBeGreaterThan(2);
});

test('a context that is not there is refused in words', async () => {
  const wish = { context: 'none', sources: [{ kind: 'kernel', node: 'cp-1' } as const], follow: true, tail: 1 };
  await expect(bench.workspace.lens.follow(wish, new AbortController().signal).next()).rejects.toMatchObject({
    failure: { code: 'not-found' },
  });
});

test('what comes is gathered for longer while nobody takes it', async () => {
  const stop = new AbortController();
  const clock = new FakeClock();
  let gatherMs: () => number = () => Number.NaN;
  let write: (text: string) => void = () => undefined;
  const caller = {
    async *gatheredStream(
      _path: string,
      _request: unknown,
      options: { readonly gatherMs: () => number; onEndpoint(name: string): void },
    ) {
      ({ gatherMs } = options);
      options.onEndpoint('cp-1');
      while (!stop.signal.aborted) {
        const text = await new Promise<string>((resolve) => (write = resolve));
        yield [{ bytes: Buffer.from(text) }];
      }
    },
  } as unknown as Caller;
  const items = followSources({
    ...{ id: 'x', sources: [{ kind: 'service', node: 'n', id: 'etcd' }], follow: true, tail: 0, clock },
    ...{ caller: () => caller, random: () => 0.5, isSeen: () => false, signal: stop.signal },
    ...{ onSeen: () => undefined, onLeave: () => undefined },
  });
  const taken = async (): Promise<LensItem['type'] | undefined> => (await items.next()).value?.type;
  expect([await taken(), await taken()]).toEqual(['opened', 'state']);
  write('a\n');
  expect([await taken(), await taken()]).toEqual(['state', 'lines']);

  write('b\n');
  await new Promise((resolve) => setImmediate(resolve));
  expect(gatherMs()).toBe(16);
  clock.advance(1000);
  expect(gatherMs()).toBe(500);
  expect(await taken()).toBe('lines');
  expect(gatherMs()).toBe(16);
  stop.abort();
  write('');
  await items.return(undefined);
});
