import type { Locator, Page } from 'playwright/test';
import { PALETTE_WORDS } from '../../fakes/palette-words.ts';
import { expect, test } from '../support/fixture.ts';

/** What the list of keys says, which key it shows, the same as it is pressed, and what is seen then. One builds on the other. */
const KEYS: readonly (readonly [does: string, printed: string, key: string, seen: (page: Page) => Locator])[] = [
  ['Logs, kernel messages and events', 'CtrlL', 'Control+l', (page) => page.getByRole('main', { name: 'Logs' })],
  [
    'What changed in the last 10 minutes',
    'CtrlI',
    'Control+i',
    (page) => page.getByRole('main', { name: 'Time line' }),
  ],
  ['Explore resources', 'CtrlE', 'Control+e', (page) => page.getByRole('main', { name: 'Explore' })],
  ['Settings', 'Ctrl,', 'Control+,', (page) => page.getByRole('main', { name: 'Settings' })],
  ['Go back to the screen before', 'Alt←', 'Alt+ArrowLeft', (page) => page.getByRole('main', { name: 'Explore' })],
  ['Go forward again', 'Alt→', 'Alt+ArrowRight', (page) => page.getByRole('main', { name: 'Settings' })],
  ['User guide: about this screen', 'F1', 'F1', (page) => page.getByRole('main', { name: 'User guide' })],
  ['New tab', 'CtrlT', 'Control+t', (page) => page.getByRole('navigation', { name: 'Tabs' })],
  ['Close the tab', 'CtrlW', 'Control+w', (page) => page.getByRole('main', { name: 'User guide' })],
  ['Switch the context', 'CtrlP', 'Control+p', (page) => page.getByRole('listbox', { name: 'Context' })],
  ['Close what is open', 'Escape', 'Escape', (page) => page.getByRole('button', { name: /^Context: demo/ })],
  ['Search or run', 'CtrlK', 'Control+k', (page) => page.getByRole('combobox', { name: 'Search or run' })],
];

test('the keys of the list do what it says, and the palette finds what words of operators mean', async ({ launch }) => {
  const { page, consoleErrors } = await launch({ args: ['--demo'] });
  await expect(page.getByRole('main', { name: 'Overview' })).toBeVisible();
  await page.keyboard.press('?');
  const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(list).toBeVisible();
  const listed = await list
    .locator('dt')
    .evaluateAll((terms) => terms.map((term) => [term.textContent, term.nextElementSibling?.textContent ?? '']));
  await page.keyboard.press('Escape');
  await expect(list).toHaveCount(0);

  for (const [does, printed, key, seen] of KEYS) {
    expect.soft(listed).toContainEqual([does, printed]);
    await page.keyboard.press(key);
    await expect(seen(page), `${key}: ${does}`).toBeVisible();
  }

  const field = page.getByRole('combobox', { name: 'Search or run' });
  const labels = page.getByRole('listbox', { name: 'Search or run' }).locator('.label');
  for (const [typed, meant] of PALETTE_WORDS) {
    await field.fill(typed);
    const first = async (): Promise<readonly string[]> => (await labels.allTextContents()).slice(0, 3);
    await expect.poll(first, typed).toEqual(expect.arrayContaining([expect.stringMatching(meant)]));
  }
  await field.fill('worker-10');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'worker-10' })).toBeVisible();
  expect(consoleErrors).toEqual([]);
});
