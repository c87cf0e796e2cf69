import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RESOURCE_TABLES } from '../../../../../main/operations/commands/resources/tables.ts';
import { eventsOf, openBench, rowsOf, type Bench } from '../../work/runs-harness.ts';

let bench: Bench;
const node = 'worker-01';

beforeAll(async () => {
  bench = await openBench({ controlPlanes: 1, workers: 1 });
});
afterAll(async () => {
  expect(await bench.close()).toBe(0);
});

describe('a table of resources with a name of its own', () => {
  it.each(RESOURCE_TABLES.map((command) => [command.id, command] as const))(
    '%s has the columns that the cluster says, which are those it announces',
    async (command, { columns }) => {
      const events = await bench.run({ command, nodes: [node] });

      expect(eventsOf(events, 'started')[0]?.columns.map(({ title }) => title)).toEqual(
        columns.map(({ title }) => title),
      );
      expect(rowsOf(events, node).length).toBeGreaterThan(0);
    },
  );

  it('is the same as get, and is written so', async () => {
    const links = await bench.run({ command: 'links', nodes: [node] });
    const got = await bench.run({ command: 'get', params: { type: 'links' }, nodes: [node] });

    expect(rowsOf(links, node)).toEqual(rowsOf(got, node));
    expect(eventsOf(links, 'started')[0]?.talosctl).toBe('talosctl --context sim -n worker-01 get links');
  });

  it('finds one by its id, and says when no node has it', async () => {
    const one = await bench.run({ command: 'links', params: { id: 'eth0' }, nodes: [node] });
    const none = await bench.run({ command: 'links', params: { id: 'eth9' }, nodes: [node] });

    expect(rowsOf(one, node).map(([, , id]) => id)).toEqual(['eth0']);
    expect(eventsOf(none, 'failed')[0]?.failure.code).toBe('not-found');
  });
});
