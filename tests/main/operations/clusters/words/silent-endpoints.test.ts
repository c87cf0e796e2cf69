import { expect, test } from 'vitest';
import { eventsOf, openBench } from '../../work/runs-harness.ts';

test('no node is called offline, and nothing is said of any, when every endpoint fell silent', async () => {
  const bench = await openBench({ controlPlanes: 2, workers: 1 });
  try {
    await bench.workspace.nodes('sim').refresh();
    await bench.run({ command: 'version' });
    for (const { target } of bench.simulator.endpoints) {
      await bench.simulator.setEndpointFault(target, { kind: 'black-hole' });
    }

    // Long enough for a silence to be noticed on each.
    const failed = eventsOf(await bench.run({ command: 'version', deadlineMs: 10_000 }), 'failed');

    expect(failed).toHaveLength(3);
    for (const { failure, node } of failed) {
      expect(failure.message).not.toMatch(new RegExp(`^${node} `));
      expect(failure.hint).not.toContain('overloaded');
    }
    for (const { seen } of bench.workspace.nodes('sim').current.nodes) expect(seen?.state).not.toBe('offline');
  } finally {
    await bench.simulator.clearFaults();
    // How many connections are left is no matter here: a black hole hears no goodbye.
    await bench.close();
  }
}, 40_000);
