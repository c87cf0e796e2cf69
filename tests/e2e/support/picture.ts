import { join } from 'node:path';
import type { Page } from 'playwright/test';

/** Where pictures go that somebody wants to look at; by default there are none. */
const FOLDER = process.env['MINOS_PICTURES'];

/** The sizes that every screen is looked at, the usual one first. */
const SIZES = [
  [1280, 800],
  [900, 600],
  [600, 400],
] as const;

/** Keeps pictures of a page as it is now, in every size and both themes, when `MINOS_PICTURES` names a folder. */
export async function picture(page: Page, name: string): Promise<void> {
  if (FOLDER === undefined) return;
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const [width, height] of SIZES) {
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: join(FOLDER, `${name}-${width}-${colorScheme}.png`) });
    }
  }
  await page.setViewportSize({ width: SIZES[0][0], height: SIZES[0][1] });
}
