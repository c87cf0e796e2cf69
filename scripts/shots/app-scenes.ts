import electron from 'electron/package.json' with { type: 'json' };
import type { Scene } from './scene.ts';

/** What _About Minos_ says on a computer as people have it. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'Runs on': `Electron ${electron.version}`,
  System: 'Linux 6.12 x64',
  Sandbox: 'on',
  'Password store': 'encrypts old versions of files',
};

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
    name: 'about',
    async prepare(page) {
      await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Endpoints' }).click();
      await page.getByText('3 ready', { exact: true }).waitFor();
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Search or run' }).fill('About Minos');
      await page.keyboard.press('Enter');
      await page.getByText('Password store').waitFor();
      // The computer that takes the picture says nothing to who reads the guide.
      await page.evaluate((said) => {
        for (const name of document.querySelectorAll('main dt')) {
          const value = said[name.textContent.trim()];
          if (value !== undefined && name.nextElementSibling) name.nextElementSibling.textContent = value;
        }
      }, ELSEWHERE);
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
