import { setTimeout as delay } from 'node:timers/promises';
import type { RunInput } from '../../../../main/operations/work/runs.ts';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../../../main/simulator/simulator.ts';
import type { RunEvent } from '../../../../preload/contract/index.ts';
import { openWorkspace, testProto, type TestWorkspace } from '../../../fakes/open-workspace.ts';

/** A simulated cluster and a workspace on its talosconfig. */
export interface Bench {
  readonly simulator: Simulator;
  readonly workspace: TestWorkspace['workspace'];
  /** Node names. */
  readonly all: readonly string[];
  start(input: Partial<RunInput> & { readonly command: string }, signal?: AbortSignal): AsyncIterable<RunEvent>;
  /** Runs to the end. */
  run(input: Partial<RunInput> & { readonly command: string }): Promise<RunEvent[]>;
  /** Closes everything and says how many connections were left open by the workspace. */
  close(): Promise<number>;
}

export async function openBench(options: SimulatorOptions = {}, talosconfig?: string): Promise<Bench> {
  const simulator = await startSimulator({ proto: testProto(), ...options });
  const opened = await openWorkspace(talosconfig ?? simulator.talosconfig);
  const all = simulator.nodes.map(({ name }) => name);
  const bench: Bench = {
    simulator,
    workspace: opened.workspace,
    all,
    start: (input, signal = new AbortController().signal) =>
      opened.workspace.runs.start({ context: 'sim', params: {}, nodes: all, deadlineMs: 10_000, ...input }, signal),
    run: async (input) => collectEvents(bench.start(input)),
    close: async () => {
      await opened.close();
      // The server sees the end of a connection a moment after the client.
      for (let round = 0; round < 100 && simulator.openConnections() > 0; round += 1) await delay(5);
      const left = simulator.openConnections();
      await simulator.close();
      return left;
    },
  };
  return bench;
}

export async function collectEvents<T>(events: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const event of events) list.push(event);
  return list;
}

export const eventsOf = <T extends RunEvent['type']>(events: readonly RunEvent[], type: T) =>
  events.filter((event): event is Extract<RunEvent, { type: T }> => event.type === type);

/** All rows of a node, those of `rows` events before those of its answer; of lines, each is a row of one cell. */
export const rowsOf = (events: readonly RunEvent[], node: string) =>
  events.flatMap((event) => {
    if (!('node' in event) || event.node !== node) return [];
    if (event.type === 'lines') return event.lines.map((line) => [line]);
    return event.type === 'rows' || event.type === 'answered' ? event.rows : [];
  });
