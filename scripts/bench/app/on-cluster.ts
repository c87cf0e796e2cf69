import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { spawnSimulator, type ChildSimulator, type SpawnOptions } from '../../../main/simulator/process.ts';
import { temporaryHome } from '../../temporary-home.ts';
import type { Subject } from '../measure.ts';
import { StartedApp } from '../started-app.ts';

/** A simulated cluster that the app is measured on. */
export interface MeasuredCluster extends Pick<SpawnOptions, 'args' | 'forSeconds'> {
  /** What is done to it before the app starts. */
  readonly prepare?: (simulator: ChildSimulator) => Promise<void>;
}

/** What `sample` measures in the app on a cluster of its own; both are gone afterwards. */
export async function onCluster<T>(
  subject: Subject,
  { prepare, ...options }: MeasuredCluster,
  sample: (app: StartedApp) => Promise<T>,
): Promise<T> {
  const files = temporaryHome();
  const simulator = await spawnSimulator(options);
  try {
    await prepare?.(simulator);
    const path = join(files.path, 'talosconfig');
    await writeFile(path, simulator.talosconfig, { mode: 0o600 });
    await using app = await StartedApp.start(subject, ['--talosconfig', path]);
    return await sample(app);
  } finally {
    await simulator.close();
    files.remove();
  }
}
