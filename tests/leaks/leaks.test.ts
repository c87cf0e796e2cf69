import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { talosconfigText } from '../../main/simulator/cluster/talosconfig-text.ts';
import { startSimulator } from '../../main/simulator/simulator.ts';
import type { NodesState, ProducerMessage, TalosconfigState, WatchItem } from '../../preload/contract/index.ts';
import { testProto } from '../fakes/open-workspace.ts';
import { StartedMain, type Held } from '../hostile/support/start-main.ts';

const WITHIN = { timeout: 20_000, interval: 50 };

/** Whether a message is a topic's value for which `is` holds. */
const value =
  <T>(is: (value: T) => boolean) =>
  (message: ProducerMessage): boolean =>
    message.type === 'value' && is(message.value as T);

test('a context that is removed leaves no connection, no timer and no watch, although somebody still looks at it', async () => {
  await using leaving = await startedCluster('leaving', '127.0.0.81');
  await using staying = await startedCluster('staying', '127.0.0.86');
  const kept = talosconfigText([staying.context]);
  await using main = await StartedMain.start({ talosconfigText: kept });
  const ready = main.watch('config.state');
  await ready.until(value<TalosconfigState>(({ contexts }) => contexts.length === 1));
  // What is loaded and connected once belongs to the cluster that stays.
  const ids = staying.simulator.nodes.map(({ name }) => name);
  await main.open('run', run('staying', ids)).ended;
  const before = await main.held();
  const listened = leaving.simulator.nodes.map(({ listenerCount }) => listenerCount);

  writeFileSync(join(main.home, 'config'), talosconfigText([staying.context, leaving.context]));
  await ready.until(value<TalosconfigState>(({ contexts }) => contexts.length === 2));
  const looked = ['pool.state', 'nodes.state', 'clock.state'].map((name) => main.watch(name, { context: 'leaving' }));
  await looked[1]?.until(value<NodesState>(({ nodes }) => nodes.length > 0));
  const nodes = leaving.simulator.nodes.map(({ name }) => name);
  await main.open('run', run('leaving', nodes)).ended;
  const watch = main.open('watch', { context: 'leaving', nodes, type: 'members' });
  const completed = (): number => (watch.items as WatchItem[]).filter(({ type }) => type === 'complete').length;
  await watch.until(() => completed() === nodes.length);
  expect(leaving.simulator.openConnections()).toBeGreaterThan(0);
  expect((await main.held()).timers).toBeGreaterThan(before.timers);

  writeFileSync(join(main.home, 'config'), kept);

  expect((await watch.ended)?.message).toContain('leaving');
  await expect.poll(() => leaving.simulator.openConnections(), WITHIN).toBe(0);
  expect(leaving.simulator.nodes.map(({ listenerCount }) => listenerCount)).toEqual(listened);
  for (const port of looked) port.close();
  await expect.poll(async () => moreThan(before, await main.held()), WITHIN).toEqual([]);
  expect(await main.open('run', run('staying', ids)).ended).toBeUndefined();
  expect(main.unhandled).toEqual([]);
});

test('five hundred runs leave no memory, no timer and no port', async () => {
  await using cluster = await startedCluster('sim', '127.0.0.91');
  await using main = await StartedMain.start({ talosconfigText: talosconfigText([cluster.context]) });
  const nodes = cluster.simulator.nodes.map(({ name }) => name);
  const repeat = async (times: number): Promise<void> => {
    for (let each = 0; each < times; each += 1) expect(await main.open('run', run('sim', nodes)).ended).toBeUndefined();
  };
  // More than the history keeps, and what is compiled on the way.
  await repeat(120);
  const before = await main.held();

  await repeat(500);

  await expect.poll(async () => moreThan(before, await main.held()), WITHIN).toEqual([]);
  const after = await main.held();
  expect(after.memoryMb - before.memoryMb, 'MB more after 500 runs').toBeLessThan(MOST_GROWTH_MB);
  expect(cluster.simulator.openConnections()).toBeLessThanOrEqual(cluster.simulator.endpoints.length);
});

/** A leak of 4 KB a run would be seen; what V8 compiles meanwhile is less. */
const MOST_GROWTH_MB = 2;

/** What there is more of than before, memory aside. */
function moreThan(before: Held, now: Held): readonly string[] {
  const counts = ({ timers, openPorts, resources }: Held): Readonly<Record<string, number>> => ({
    ...{ timers, openPorts },
    ...resources,
  });
  const then = counts(before);
  return Object.entries(counts(now)).flatMap(([name, count]) =>
    count > (then[name] ?? 0) ? [`${name}: ${count} instead of ${then[name] ?? 0}`] : [],
  );
}

const run = (context: string, nodes: readonly string[]) => ({
  ...{ context, nodes, command: 'version', params: {} },
  deadlineMs: 20_000,
});

/** A cluster until it is disposed of, and the context that leads to it. */
async function startedCluster(name: string, baseAddress: string) {
  const simulator = await startSimulator({ proto: testProto(), name, baseAddress, controlPlanes: 2, workers: 1 });
  const context = await simulator.contextFor({});
  return { simulator, context, [Symbol.asyncDispose]: () => simulator.close() };
}
