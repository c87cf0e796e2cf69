import type { ElectronApplication, Page } from 'playwright/test';

/** The window in which Minos asks, once `act` has made it ask. */
export async function nextQuestion(app: ElectronApplication, act: () => Promise<unknown>): Promise<Page> {
  const opened = app.waitForEvent('window');
  await act();
  const question = await opened;
  await question.getByRole('button', { name: 'Cancel' }).waitFor();
  return question;
}

/** Confirms the question that `act` leads to, with the button of the deed; `typed` is what must be typed. */
export async function confirmNext(
  app: ElectronApplication,
  deed: string,
  act: () => Promise<unknown>,
  typed?: string,
): Promise<void> {
  const question = await nextQuestion(app, act);
  if (typed !== undefined) await question.getByRole('textbox').fill(typed);
  const closed = question.waitForEvent('close');
  await question.getByRole('button', { name: deed, exact: true }).click();
  await closed;
}
