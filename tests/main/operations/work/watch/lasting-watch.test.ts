import { afterEach, describe, expect, it } from 'vitest';
import type { SimulatorOptions } from '../../../../../main/simulator/simulator.ts';
import type { WatchItem } from '../../../../../preload/contract/index.ts';
import { openBench, type Bench } from '../runs-harness.ts';

let bench: Bench;
let stop: AbortController;

async function open(options: SimulatorOptions = {}): Promise<void> {
  bench = await openBench(options);
  stop = new AbortController();
}

afterEach(async () => {
  stop.abort();
  await bench.simulator.clearFaults();
  await bench.close();
});

interface Watching {
  /** Everything that came, with the moment it came. */
  readonly seen: (WatchItem & { readonly cameAtMs: number })[];
  readonly of: (type: WatchItem['type'], node?: string) => Watching['seen'];
}

function watch(nodes: readonly string[]): Watching {
  const seen: Watching['seen'] = [];
  void (async () => {
    for await (const item of bench.workspace.watch('sim', { nodes, type: 'members', signal: stop.signal })) {
      seen.push({ ...item, cameAtMs: Date.now() });
    }
  })();
  const of: Watching['of'] = (type, node) =>
    seen.filter((item) => item.type === type && (node === undefined || ('node' in item && item.node === node)));
  return { seen, of };
}

/** The versions that were told of a node, as its row's cells say it. */
const told = (items: Watching['seen'], key: string): string[] =>
  items.flatMap((item) => (item.type === 'set' && item.key === key ? [JSON.stringify(item.cells)] : []));

const WITHIN = { timeout: 20_000, interval: 20 };
const isThere = (watching: Watching, nodes: readonly string[]) =>
  expect.poll(() => nodes.every((node) => watching.of('complete', node).length > 0), WITHIN).toBe(true);

describe('a watch of a node', () => {
  it('goes on from where it was when the apid of the node restarts, with what happened meanwhile', async () => {
    await open();
    const watching = watch(['worker-01']);
    await isThere(watching, ['worker-01']);

    bench.simulator.setNodeFault('worker-01', { kind: 'apid-restart', backMs: 700 });
    bench.simulator.node('worker-02').setVersion('v1.14.0');

    await expect.poll(() => told(watching.of('set'), 'cluster/worker-02').at(-1), WITHIN).toContain('v1.14.0');
    expect(watching.of('failed')).toEqual([]);
    // Nothing came anew: it is the same watch.
    expect(watching.of('reset')).toHaveLength(1);
    expect(watching.of('gap').length).toBeGreaterThan(0);
  });

  it('goes on when a node that was down is back', async () => {
    await open();
    const watching = watch(['worker-01']);
    await isThere(watching, ['worker-01']);

    bench.simulator.node('worker-01').setFault({ kind: 'down' });
    await expect.poll(() => watching.of('silent').length, WITHIN).toBeGreaterThan(0);
    bench.simulator.node('worker-01').setFault(null);

    await expect.poll(() => watching.of('alive').length, WITHIN).toBeGreaterThan(0);
    expect(watching.of('failed')).toEqual([]);
  });

  it('that is down when it begins says so and waits for it', async () => {
    await open();
    bench.simulator.setNodeFault('worker-01', { kind: 'down' });
    const watching = watch(['worker-01', 'cp-1']);
    await isThere(watching, ['cp-1']);
    await expect.poll(() => watching.of('silent', 'worker-01').length, WITHIN).toBeGreaterThan(0);
    const [silent] = watching.of('silent', 'worker-01');
    expect(silent).toMatchObject({ failure: { code: 'unreachable' } });

    bench.simulator.setNodeFault('worker-01', null);

    await isThere(watching, ['worker-01']);
    expect(watching.of('failed')).toEqual([]);
    expect(watching.of('silent', 'cp-1')).toEqual([]);
  });

  it('that hangs is silent since its last sign of life, while the others are not, and goes on when it thaws', async () => {
    await open();
    const watching = watch(['worker-01', 'worker-02']);
    await isThere(watching, ['worker-01', 'worker-02']);

    bench.simulator.setNodeFault('worker-01', { kind: 'frozen' });
    await expect.poll(() => watching.of('silent', 'worker-01').length, WITHIN).toBeGreaterThan(0);

    const [silent] = watching.of('silent', 'worker-01');
    expect(silent?.type === 'silent' && silent.cameAtMs - silent.sinceMs).toBeGreaterThan(1000);
    expect(watching.of('silent', 'worker-02')).toEqual([]);
    bench.simulator.setNodeFault('worker-01', null);
    bench.simulator.node('cp-2').setVersion('v1.14.0');
    await expect.poll(() => told(watching.of('set', 'worker-01'), 'cluster/cp-2').at(-1), WITHIN).toContain('v1.14.0');
    expect(watching.of('alive', 'worker-01').length).toBeGreaterThan(0);
  });
});

describe('a watch whose endpoints all fall silent', () => {
  it('says of every node since when it knows nothing, and goes on when they are back', async () => {
    await open();
    const nodes = ['cp-1', 'worker-01'];
    const watching = watch(nodes);
    await isThere(watching, nodes);

    for (const { target } of bench.simulator.endpoints) {
      await bench.simulator.setEndpointFault(target, { kind: 'black-hole' });
    }
    for (const node of nodes) {
      await expect.poll(() => watching.of('silent', node).length, WITHIN).toBeGreaterThan(0);
    }
    await bench.simulator.clearFaults();
    bench.simulator.node('cp-2').setVersion('v1.14.0');

    await expect.poll(() => told(watching.of('set', 'worker-01'), 'cluster/cp-2').at(-1), WITHIN).toContain('v1.14.0');
    expect(watching.of('failed')).toEqual([]);
    for (const node of nodes) expect(watching.of('alive', node).length).toBeGreaterThan(0);
  }, 60_000);
});

describe('a watch that nothing happens in', () => {
  it('asks each node whether it is there, through the endpoint it runs over', async () => {
    await open();
    const watching = watch(['worker-01']);
    await isThere(watching, ['worker-01']);
    const [reset] = watching.of('reset');
    bench.simulator.clearCalls();

    const asked = () =>
      bench.simulator.calls.filter(({ method, node }) => node !== null && method.endsWith('/Version'));
    await expect.poll(() => asked().length, WITHIN).toBeGreaterThan(1);

    expect(new Set(asked().map(({ endpoint, node }) => `${endpoint} ${node ?? ''}`))).toEqual(
      new Set([`${reset?.type === 'reset' ? (reset.endpoint ?? '') : ''} worker-01`]),
    );
    expect(watching.of('silent')).toEqual([]);
  });
});
