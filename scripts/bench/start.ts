import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { spawnSimulator } from '../../main/simulator/process.ts';
import { temporaryHome } from '../temporary-home.ts';
import type { Measure } from './measure.ts';
import { StartedApp } from './started-app.ts';

/** From the start of the process; the cluster has 14 nodes and runs already. */
export const start: Measure = {
  name: 'start',
  figures: [
    { name: 'start to first paint', unit: 'ms' },
    { name: 'start to first data of a cluster', unit: 'ms' },
  ],
  rounds: 7,
  async sample(subject) {
    const files = temporaryHome();
    const simulator = await spawnSimulator({ args: ['--nodes', '14'], forSeconds: 120 });
    try {
      const path = join(files.path, 'talosconfig');
      await writeFile(path, simulator.talosconfig, { mode: 0o600 });
      await using app = await StartedApp.start(subject, ['--talosconfig', path]);
      const { paintAtMs, dataAtMs } = await app.page.evaluate(watchPage);
      return [paintAtMs - app.startedAtMs, dataAtMs - app.startedAtMs];
    } finally {
      await simulator.close();
      files.remove();
    }
  },
};

/** Runs in the page: looks once per frame until the first thing is drawn and the overview says how many nodes there are. */
function watchPage(): Promise<{ paintAtMs: number; dataAtMs: number }> {
  return new Promise((resolve) => {
    const look = (): void => {
      const [paint] = performance.getEntriesByName('first-contentful-paint');
      if (paint !== undefined && document.querySelector('main ul li strong') !== null) {
        resolve({
          paintAtMs: performance.timeOrigin + paint.startTime,
          dataAtMs: performance.timeOrigin + performance.now(),
        });
      } else requestAnimationFrame(look);
    };
    look();
  });
}
