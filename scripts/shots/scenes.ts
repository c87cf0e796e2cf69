import type { Page } from 'playwright';

/** A picture for README and user guide: how to get there in a window that shows the demo's overview. */
export interface Scene {
  /** Name of the file, before `-light.png`. */
  readonly name: string;
  prepare(page: Page): Promise<void>;
}

async function open(page: Page, screen: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: screen }).click();
  await page.getByRole('main', { name: screen }).waitFor();
}

/** Version on all nodes; one of the demo is down, one slow. */
async function runVersion(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Run on / }).click();
  await page.getByRole('menuitem', { name: 'Version', exact: true }).click();
  await page.getByRole('region', { name: 'Runs' }).getByText('13 ok · 1 failed').waitFor();
}

export const SCENES: readonly Scene[] = [
  { name: 'overview', prepare: (page) => open(page, 'Overview') },
  { name: 'nodes', prepare: (page) => open(page, 'Nodes') },
  {
    name: 'run',
    prepare: async (page) => {
      await open(page, 'Nodes');
      await runVersion(page);
    },
  },
  {
    name: 'endpoints',
    prepare: async (page) => {
      await open(page, 'Endpoints');
      await page.getByText('3 ready', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Test now' }).click();
      await page.getByRole('main').getByText('1.13.9').nth(2).waitFor();
      await page
        .getByRole('main')
        .getByRole('button', { name: /^127\.0\.0\.11:/ })
        .click();
    },
  },
  {
    name: 'contexts',
    prepare: async (page) => {
      await open(page, 'Contexts');
      await page.getByRole('rowheader', { name: /^demo/ }).click();
      await page.getByRole('complementary').waitFor();
    },
  },
];
