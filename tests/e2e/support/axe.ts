import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright/test';

/** Resolves when no colour is on its way to another: what is between two is nobody's contrast. */
const settled = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const ending = document.getAnimations().filter((each) => each.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });

/** What axe finds wrong by some of its rules, by all without; legacy mode, since the other needs a page of its own that Electron refuses. */
async function violations(page: Page, within?: string, rules?: readonly string[]): Promise<readonly string[]> {
  await settled(page);
  const builder = new AxeBuilder({ page }).setLegacyMode(true);
  const axe = (within === undefined ? builder : builder.include(within)).options({
    // What passes is not described: that takes longer than looking.
    resultTypes: ['violations'],
    ...(rules !== undefined && { runOnly: { type: 'rule', values: [...rules] } }),
  });
  const found = await axe.analyze();
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary ?? ''}`),
  );
}

/** The only rule that a theme has a say in. */
const COLOUR_RULES = ['color-contrast'];

/** What axe finds wrong in the theme that is shown, one line per place. */
export const wrong = (page: Page): Promise<readonly string[]> => violations(page);

/**
 * As {@link wrong}, in light and in dark, for a page that follows the system; what no colour changes is looked at once. `within` is a
 * selector of the part that is looked at, where the rest was looked at before.
 */
export async function wrongInEither(page: Page, within?: string): Promise<readonly string[]> {
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await violations(page, within);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await violations(page, within, COLOUR_RULES);
  await page.emulateMedia({ colorScheme: 'light' });
  return [...light, ...dark.map((line) => `dark: ${line}`)];
}
