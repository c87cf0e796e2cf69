import type { Page } from 'playwright/test';

/** What Minos asks before it takes a change of a file back, or does it again; this answers yes. */
export async function confirmChange(page: Page, deed: 'Undo' | 'Redo' = 'Undo'): Promise<void> {
  const title = deed === 'Undo' ? 'Undo this change?' : 'Do this change again?';
  const question = page.getByRole('dialog', { name: title });
  await question.getByRole('button', { name: deed, exact: true }).click();
}

/** Presses the key and answers yes. */
export async function undoByKey(page: Page): Promise<void> {
  await page.keyboard.press('ControlOrMeta+z');
  await confirmChange(page);
}
