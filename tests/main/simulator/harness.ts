import { afterEach, expect } from 'vitest';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../../main/simulator/simulator.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { proto, TalosClient } from './talos-client.ts';

/** What a test may open; everything is closed after it, and nothing may be left. */
export interface Harness {
  start(options?: SimulatorOptions): Promise<Simulator>;
  /** A client of the first endpoint, or of the one named. */
  connect(talosconfig: string, endpoint?: string, channel?: Record<string, number>): TalosClient;
}

export function useHarness(): Harness {
  const simulators: Simulator[] = [];
  const clients: TalosClient[] = [];
  const clocks = new Set<FakeClock>();

  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    for (const simulator of simulators.splice(0)) {
      await simulator.close();
      expect(simulator.openConnections()).toBe(0);
      expect(simulator.nodes.filter((node) => node.listenerCount > 0).map((node) => node.name)).toEqual([]);
    }
    for (const clock of clocks) expect(clock.active).toBe(0);
    clocks.clear();
  });

  return {
    async start(options = {}) {
      const simulator = await startSimulator({ proto, ...options });
      simulators.push(simulator);
      if (options.clock instanceof FakeClock) clocks.add(options.clock);
      return simulator;
    },
    connect(talosconfig, endpoint, channel = {}) {
      const client = new TalosClient(talosconfig, { ...(endpoint === undefined ? {} : { endpoint }), channel });
      clients.push(client);
      return client;
    },
  };
}
