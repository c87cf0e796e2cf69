import type { Scene } from './scene.ts';

/** Pictures of what is about Minos itself. */
export const APP_SCENES: readonly Scene[] = [
  {
    name: 'settings',
    async prepare(page) {
      await page.keyboard.press('Control+,');
      await page.getByRole('group', { name: 'Nodes asked at a time' }).waitFor();
    },
  },
  {
    name: 'guide',
    async prepare(page) {
      await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Logs' }).click();
      await page.getByRole('main', { name: 'Logs' }).waitFor();
      await page.keyboard.press('F1');
      await page.getByRole('article').getByRole('img').first().waitFor();
    },
  },
];
