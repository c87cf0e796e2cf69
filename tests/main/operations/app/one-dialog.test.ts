import { expect, test } from 'vitest';
import { oneDialogAtATime } from '../../../../main/operations/app/one-dialog.ts';
import type { Desktop } from '../../../../main/operations/app/desktop.ts';

function desktopWith() {
  const answers: ((path: string | undefined) => void)[] = [];
  const ask = (): Promise<string | undefined> => new Promise((resolve) => answers.push(resolve));
  const desktop = oneDialogAtATime<Desktop>({
    chooseFiles: async () => {
      const path = await ask();
      return path === undefined ? undefined : [path];
    },
    chooseSavePath: ask,
    chooseKubeconfig: ask,
    chooseFolder: ask,
    showInFolder: () => undefined,
    clipboardText: () => Promise.resolve(''),
    droppedPaths: () => [],
  });
  return { desktop, answers };
}

const wish = { suggestedName: 'x.csv', extension: 'csv' };

test('while a dialog is open every other one of its window fails at once, whatever it asks for', async () => {
  const { desktop, answers } = desktopWith();
  const first = desktop.chooseFiles(1, 'Open');

  for (const second of [
    () => desktop.chooseFiles(1, 'Open'),
    () => desktop.chooseSavePath(1, wish),
    () => desktop.chooseKubeconfig(1, 'file'),
    () => desktop.chooseFolder(1, 'Folder'),
  ]) {
    await expect(second()).rejects.toMatchObject({ failure: { code: 'busy', retry: 'safe' } });
  }
  const otherWindow = desktop.chooseSavePath(2, wish);
  for (const answer of answers) answer('/a');

  expect(await first).toEqual(['/a']);
  expect(await otherWindow).toBe('/a');
  expect(answers).toHaveLength(2);
});

test('the next dialog opens when the first was answered, cancelled or broke', async () => {
  const { desktop, answers } = desktopWith();
  const cancelled = desktop.chooseSavePath(1, wish);
  answers[0]?.(undefined);
  expect(await cancelled).toBeUndefined();

  const next = desktop.chooseKubeconfig(1, 'new');
  answers[1]?.('/b');

  expect(await next).toBe('/b');
});
