import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright/test';

/** Resolves when no colour is on its way to another: what is between two is nobody's contrast. */
const settled = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const ending = document.getAnimations().filter((each) => each.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });

/** What axe finds wrong, one line per place; legacy mode, since the other needs a page of its own that Electron refuses. */
export async function wrong(page: Page): Promise<readonly string[]> {
  await settled(page);
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary ?? ''}`),
  );
}
