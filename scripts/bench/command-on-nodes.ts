import type { Measure } from './measure.ts';
import { onCluster } from './app/on-cluster.ts';

/** A command on that many nodes, from the click on its menu item to the last node's answer, through three endpoints. */
export const commandOnNodes = (title: string, nodes: number): Measure => ({
  name: `${title.toLowerCase()}-${nodes}`,
  figures: [{ name: `${title} on ${nodes.toLocaleString('en')} nodes, click to last row`, unit: 'ms' }],
  rounds: 5,
  sample(subject) {
    return onCluster(subject, { args: ['--nodes', String(nodes)], forSeconds: 300 }, async ({ page }) => {
      await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Nodes' }).click();
      await page.getByRole('heading', { name: `Nodes ${nodes.toLocaleString('en')}` }).waitFor({ timeout: 60_000 });
      await page.getByRole('button', { name: /^Run on / }).click();
      const item = page.getByRole('menuitem', { name: title, exact: true });
      return [await item.evaluate(clickAndWait, nodes)];
    });
  },
});

/** Runs in the page: clicks, and looks once per frame until the run's summary counts every node and has ended. */
function clickAndWait(item: HTMLElement, nodes: number): Promise<number> {
  return new Promise((resolve) => {
    const done = new RegExp(`· ${nodes.toLocaleString('en')} ok · [\\d.]+ m?s`);
    const startedAt = performance.now();
    item.click();
    // All text of a thousand rows is read only once every node is settled: the looking must not be what is measured.
    const isSettled = (): boolean => {
      const bar = document.querySelector('section[aria-label="Runs"] [role="progressbar"]');
      return bar?.getAttribute('aria-valuenow') === String(nodes);
    };
    const look = (): void => {
      const text = isSettled() ? document.querySelector('section[aria-label="Runs"]')?.textContent : undefined;
      if (text !== null && text !== undefined && done.test(text)) resolve(performance.now() - startedAt);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}
