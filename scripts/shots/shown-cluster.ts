import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSimulator } from '../../main/simulator/process.ts';
import type { Scene } from './scene.ts';

/** What a scene shows. */
export interface ShownCluster {
  /** Of the app's command line. */
  readonly args: readonly string[];
  /** Ends it; the demo ends with the app. */
  close(): Promise<void>;
}

/** The demo, or the simulated cluster that a scene has of its own, whose talosconfig is written where talosctl has it. Whoever asks closes it. */
export async function shownCluster({ ill }: Pick<Scene, 'ill'>, home: string): Promise<ShownCluster> {
  if (ill === undefined) return { args: ['--demo'], close: () => Promise.resolve() };
  const simulator = await spawnSimulator({ args: ['--name', 'prod-fra'] });
  mkdirSync(join(home, '.talos'));
  writeFileSync(join(home, '.talos', 'config'), simulator.talosconfig, { mode: 0o600 });
  await ill(simulator);
  return { args: [], close: () => simulator.close() };
}
