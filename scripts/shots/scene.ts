import type { ElectronApplication, Page } from 'playwright';
import type { ChildSimulator } from '../../main/simulator/process.ts';

/** A picture for README and user guide: how to get there in a window that shows the overview of the demo, or of a cluster of its own. */
export interface Scene {
  /** Name of the file, before `-light.png`. */
  readonly name: string;
  /** What it shows is judged by the time that passes, so its clocks go; only dates and minutes differ from picture to picture. */
  readonly isLive?: true;
  /** It shows a simulated cluster of its own instead of the demo, on which this went wrong. */
  readonly ill?: (simulator: ChildSimulator) => Promise<void>;
  prepare(page: Page, app: ElectronApplication): Promise<void>;
}

/** Opens a screen by its entry in the rail. */
export async function open(page: Page, screen: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: screen }).click();
  await page.getByRole('main', { name: screen }).waitFor();
}
