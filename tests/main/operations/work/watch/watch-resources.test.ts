import { afterEach, describe, expect, it } from 'vitest';
import type { NodeFault } from '../../../../../main/simulator/faults/faults.ts';
import type { SimulatorOptions } from '../../../../../main/simulator/simulator.ts';
import type { WatchItem } from '../../../../../preload/contract/index.ts';
import { collectEvents, openBench, type Bench } from '../runs-harness.ts';

let bench: Bench;
let stop: AbortController;

async function open(options: SimulatorOptions = {}): Promise<void> {
  bench = await openBench(options);
  stop = new AbortController();
}

afterEach(async () => {
  stop.abort();
  expect(await bench.close()).toBe(0);
});

function watch(over: { nodes?: readonly string[]; type?: string; id?: string } = {}): AsyncIterator<WatchItem> {
  const wish = { nodes: ['cp-1'], type: 'members', signal: stop.signal, ...over };
  return bench.workspace.watch('sim', wish)[Symbol.asyncIterator]();
}

async function until(items: AsyncIterator<WatchItem>, isLast: (item: WatchItem) => boolean): Promise<WatchItem[]> {
  const list: WatchItem[] = [];
  for (;;) {
    const next = await items.next();
    if (next.done === true) throw new Error(`The watch ended after ${JSON.stringify(list)}`);
    list.push(next.value);
    if (isLast(next.value)) return list;
  }
}

const ofType = (type: WatchItem['type']) => (item: WatchItem) => item.type === type;

describe('a watch', () => {
  it('shows what is there, says so, and then every change', async () => {
    await open();
    const items = watch();

    const first = await until(items, ofType('complete'));
    bench.simulator.node('cp-1').setVersion('v1.14.0');
    const [change] = await until(items, ofType('set'));

    expect(first[0]).toMatchObject({
      type: 'columns',
      resourceType: 'Members.cluster.talos.dev',
      namespace: 'cluster',
      talosctl: 'talosctl --context sim -n cp-1 get Members.cluster.talos.dev --namespace cluster --watch',
    });
    expect(first[1]).toMatchObject({ type: 'reset', node: 'cp-1', endpoint: expect.any(String) as unknown });
    expect(first.filter(ofType('set')).map((item) => 'key' in item && [item.key, item.isInitial])).toEqual(
      bench.all.map((name) => [`cluster/${name}`, true]),
    );
    expect(change).toMatchObject({ key: 'cluster/cp-1', isInitial: false });
    expect(change && 'cells' in change ? change.cells : []).toContain('Talos (v1.14.0)');
  });

  it('hears from one node what changes on another', async () => {
    await open();
    const items = watch({ nodes: ['cp-1'] });
    await until(items, ofType('complete'));

    bench.simulator.node('worker-02').setVersion('v1.14.0');

    expect((await until(items, ofType('set'))).at(-1)).toMatchObject({ node: 'cp-1', key: 'cluster/worker-02' });
  });

  it('follows one resource alone', async () => {
    await open();
    const items = watch({ id: 'cp-1' });

    const first = await until(items, ofType('complete'));
    bench.simulator.node('worker-01').setVersion('v1.14.0');
    bench.simulator.node('cp-1').setVersion('v1.14.1');
    const [change] = await until(items, ofType('set'));

    expect(first.filter(ofType('set'))).toHaveLength(1);
    expect(change && 'cells' in change ? change.cells : []).toContain('Talos (v1.14.1)');
  });

  it('goes on through another endpoint where it was, with a mark', async () => {
    await open();
    const items = watch({ nodes: ['worker-01'] });
    const first = await until(items, ofType('complete'));
    const reset = first.find(ofType('reset'));
    const endpoint = reset?.type === 'reset' ? (reset.endpoint ?? '') : '';

    await bench.simulator.setEndpointFault(endpoint, { kind: 'refuse' });
    bench.simulator.node('worker-02').setVersion('v1.14.0');
    const later = await until(items, ofType('set'));

    expect(later.map(({ type }) => type)).toEqual(['gap', 'set']);
    expect(later[0]).toMatchObject({ type: 'gap', node: 'worker-01', from: endpoint });
    expect(later[1]).toMatchObject({ key: 'cluster/worker-02', isInitial: false });
  });

  it('of one resource goes on through another endpoint before anything has changed', async () => {
    await open();
    const items = watch({ nodes: ['worker-01'], id: 'worker-02' });
    const first = await until(items, ofType('complete'));
    const reset = first.find(ofType('reset'));

    await bench.simulator.setEndpointFault(reset?.type === 'reset' ? (reset.endpoint ?? '') : '', { kind: 'refuse' });
    const [gap, again] = await until(items, ofType('set'));
    bench.simulator.node('worker-02').setVersion('v1.14.0');
    const [change] = await until(items, ofType('set'));

    expect([gap?.type, again]).toEqual([
      'gap',
      expect.objectContaining({ key: 'cluster/worker-02', isInitial: false }),
    ]);
    expect(change && 'cells' in change ? change.cells : []).toContain('Talos (v1.14.0)');
  });

  it('goes on where it was when the endpoint closes its own connection to the node after renewing its certificate', async () => {
    await open();
    const items = watch({ nodes: ['worker-01'] });
    const reset = (await until(items, ofType('complete'))).find(ofType('reset'));
    const endpoint = reset?.type === 'reset' ? (reset.endpoint ?? '') : '';

    await bench.simulator.setEndpointFault(endpoint, { kind: 'certificate-rotation', graceMs: 0 });
    const gap = (await until(items, ofType('gap'))).at(-1);
    bench.simulator.node('worker-02').setVersion('v1.14.0');

    expect(gap).toMatchObject({ type: 'gap', node: 'worker-01', from: endpoint });
    expect((await until(items, ofType('set'))).at(-1)).toMatchObject({ key: 'cluster/worker-02', isInitial: false });
  });

  it('ends for the node that refuses it, and goes on for the others', async () => {
    await open();
    const refuse = { kind: 'error', code: 7, text: 'not authorized', methods: ['Watch'] } satisfies NodeFault;
    bench.simulator.setNodeFault('worker-01', refuse);
    const items = watch({ nodes: ['worker-01', 'cp-1'] });

    const list = await until(items, ofType('complete'));
    const rest = list.some(ofType('failed')) ? list : [...list, ...(await until(items, ofType('failed')))];

    expect(rest.find(ofType('failed'))).toMatchObject({ node: 'worker-01', failure: { code: 'denied' } });
    bench.simulator.node('cp-1').setVersion('v1.14.0');
    expect((await until(items, ofType('set'))).at(-1)).toMatchObject({ node: 'cp-1', key: 'cluster/cp-1' });
  });

  it('is ended at the server when the reader leaves', async () => {
    await open();
    const items = watch();
    await until(items, ofType('complete'));
    expect(bench.simulator.node('cp-1').listenerCount).toBeGreaterThan(0);

    stop.abort();

    expect(await collectEvents({ [Symbol.asyncIterator]: () => items })).toEqual([]);
    await expect.poll(() => bench.simulator.node('cp-1').listenerCount).toBeLessThanOrEqual(1);
  });

  it('says that there is no such type', async () => {
    await open();

    await expect(watch({ type: 'unicorns' }).next()).rejects.toMatchObject({ failure: { code: 'not-found' } });
  });
});
