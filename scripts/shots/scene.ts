import type { ElectronApplication, Page } from 'playwright';

/** A picture for README and user guide: how to get there in a window that shows the demo's overview. */
export interface Scene {
  /** Name of the file, before `-light.png`. */
  readonly name: string;
  /** What it shows is judged by the time that passes, so its clocks go; only dates and minutes differ from picture to picture. */
  readonly isLive?: true;
  prepare(page: Page, app: ElectronApplication): Promise<void>;
}

/** Opens a screen by its entry in the rail. */
export async function open(page: Page, screen: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: screen }).click();
  await page.getByRole('main', { name: screen }).waitFor();
}
