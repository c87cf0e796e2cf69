import type { Measure } from './measure.ts';
import { onCluster } from './app/on-cluster.ts';

/** From the start of the process; the cluster has 14 nodes and runs already. */
export const start: Measure = {
  name: 'start',
  figures: [
    { name: 'start to first paint', unit: 'ms' },
    { name: 'start to first data of a cluster', unit: 'ms' },
  ],
  rounds: 7,
  sample(subject) {
    return onCluster(subject, { args: ['--nodes', '14'], forSeconds: 120 }, async (app) => {
      const { paintAtMs, dataAtMs } = await app.page.evaluate(watchPage);
      return [paintAtMs - app.startedAtMs, dataAtMs - app.startedAtMs];
    });
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
