import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Page } from 'playwright/test';
import { wrong } from './support/axe.ts';
import { confirmNext, nextQuestion } from './support/confirm-next.ts';
import { expect, isStandIn, test } from './support/fixture.ts';
import { readPlain, readText, writeTalosconfig } from './support/talosconfig-files.ts';

/** The window in which Minos asks for what a page may not do alone (docs/adr/0016). */

const TEXT = [
  'context: prod',
  'contexts:',
  '  prod: {endpoints: [127.0.0.9]}',
  '  old: {endpoints: [127.0.0.8]}',
  '',
].join('\n');

interface Answer {
  readonly ok: boolean;
  readonly failure?: { readonly code: string };
}

/** What a script of the page asks of main: `ok`, or the failure's code. */
const script = (page: Page, name: string, input: unknown, times = 1): Promise<readonly string[]> =>
  page.evaluate(
    async ([name, input, times]) => {
      const { minos } = window as unknown as {
        minos: { call(id: number, name: string, input: unknown): Promise<Answer> };
      };
      const answers = await Promise.all(Array.from({ length: times }, (_, n) => minos.call(9000 + n, name, input)));
      return answers.map(({ ok, failure }) => (ok ? 'ok' : (failure?.code ?? '')));
    },
    [name, input, times] as const,
  );

/** Where the history of the only file lies, while it has any version. */
const versionsKept = (home: string, page: Page): Promise<number> =>
  page.evaluate(
    async (file) => {
      const { minos } = window as unknown as {
        minos: { call(id: number, name: string, input: unknown): Promise<{ value: readonly unknown[] }> };
      };
      return (await minos.call(8000, 'history.list', { file })).value.length;
    },
    join(home, '.talos', 'config'),
  );

async function withAVersion(page: Page): Promise<void> {
  expect(await script(page, 'contexts.remove', { context: 'old' })).toEqual(['ok']);
}

const windows = (app: ElectronApplication): Promise<number> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

test.describe('a question', () => {
  test('has the focus on Cancel; Enter and Escape never confirm', async ({ launch, home }) => {
    const file = writeTalosconfig(join(home, '.talos', 'config'), TEXT);
    const { app, page } = await launch();
    await withAVersion(page);

    for (const key of ['Enter', 'Escape']) {
      let answer: Promise<readonly string[]> | undefined;
      const question = await nextQuestion(app, () => {
        answer = script(page, 'history.forget', { file });
        return Promise.resolve();
      });
      await expect(question.getByRole('heading', { name: 'Forget 1 old version of config?' })).toBeVisible();
      await expect(question.getByRole('alertdialog')).toContainText(file);
      await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
      const deed = question.getByRole('button', { name: 'Forget 1 old version' });
      await expect(deed).toBeDisabled();
      const field = question.getByRole('textbox', { name: 'To go on, type config' });
      await field.fill('confi');
      await expect(deed).toBeDisabled();
      await field.fill('config');
      await expect(deed).toBeEnabled();
      // Wherever the focus is, also on the deed itself.
      await field.press('Enter');
      await deed.press('Enter');
      await expect(deed).toBeVisible();
      await question.getByRole('button', { name: 'Cancel' }).focus();
      await question.keyboard.press(key).catch(() => undefined); // The window goes with the key.
      expect(await answer).toEqual(['cancelled']);
    }
    expect(await versionsKept(home, page)).toBe(1);
  });

  test('is answered with the keyboard alone: type the name, go to the deed, space', async ({ launch, home }) => {
    const file = writeTalosconfig(join(home, '.talos', 'config'), TEXT);
    const { app, page } = await launch();
    await withAVersion(page);
    let answer: Promise<readonly string[]> | undefined;
    const question = await nextQuestion(app, () => {
      answer = script(page, 'history.forget', { file });
      return Promise.resolve();
    });

    await question.keyboard.press('Shift+Tab');
    await question.keyboard.type('config');
    await expect(question.getByRole('button', { name: /^Forget/ })).toBeEnabled();
    await question.keyboard.press('Tab');
    await question.keyboard.press('Tab');
    await expect(question.getByRole('button', { name: /^Forget/ })).toBeFocused();
    await question.keyboard.press('Space').catch(() => undefined); // The window goes with the key.

    expect(await answer).toEqual(['ok']);
    expect(await versionsKept(home, page)).toBe(0);
  });

  test('has no fault that axe finds, in light and dark, and says what, where and what it means', async ({
    launch,
    home,
  }, testInfo) => {
    const file = writeTalosconfig(join(home, '.talos', 'config'), TEXT);
    const { app, page } = await launch();
    await withAVersion(page);
    for (const theme of ['light', 'dark'] as const) {
      await app.evaluate(({ nativeTheme }, source) => (nativeTheme.themeSource = source), theme);
      for (const [name, input] of [
        ['history.forget', { file }],
        ['contexts.setEndpoints', { context: 'prod', endpoints: ['127.0.0.9', '10.5.0.2', 'cp\u202e-1.example:6443'] }],
      ] as const) {
        let answer: Promise<readonly string[]> | undefined;
        const question = await nextQuestion(app, () => {
          answer = script(page, name, input);
          return Promise.resolve();
        });
        if (name === 'history.forget') await question.getByRole('textbox').fill('config');
        else await expect(question.getByRole('list', { name: 'New addresses' })).toContainText('cp\\u202e-1.example');
        await expect(question.getByRole('button', { name: /Forget|Allow/ })).toBeEnabled();
        expect(await wrong(question)).toEqual([]);
        await testInfo.attach(`${name}-${theme}`, {
          body: await question.screenshot({ path: testInfo.outputPath(`${name}-${theme}.png`) }),
          contentType: 'image/png',
        });
        // Confirmed once, so that main's patience with refusals is not what is tested.
        if (name === 'contexts.setEndpoints' && theme === 'light')
          await question.keyboard.press('Escape').catch(() => undefined);
        else await question.getByRole('button', { name: /Forget|Allow/ }).click();
        await answer;
        if (name === 'history.forget' && theme === 'light')
          await script(page, 'contexts.setCluster', { context: 'prod', cluster: 'x' });
      }
    }
  });
});

test.describe('a script of the page', () => {
  test('cannot see, script or stack the window that asks, and goes with its page', async ({ launch, home }) => {
    const file = writeTalosconfig(join(home, '.talos', 'config'), TEXT);
    const { app, page } = await launch();
    await withAVersion(page);
    await page.evaluate(() => {
      localStorage.setItem('mine', 'x');
    });
    let answers: Promise<readonly string[]> | undefined;
    const question = await nextQuestion(app, () => {
      // The page will be gone before they are there.
      answers = script(page, 'history.forget', { file }, 20).catch(() => []);
      return Promise.resolve();
    });

    // One window, whatever the page asks; the others are refused at once.
    expect(await windows(app)).toBe(2);
    const facts = await app.evaluate(({ BrowserWindow, session }) => {
      const [main, asking] = BrowserWindow.getAllWindows();
      return {
        url: asking?.webContents.getURL(),
        isModal: asking?.isModal(),
        isChild: asking?.getParentWindow() === main,
        hasOwnSession: asking?.webContents.session !== session.defaultSession,
      };
    });
    expect(facts).toEqual({ url: 'app://confirm/confirm.html', isModal: true, isChild: true, hasOwnSession: true });
    expect(
      await page.evaluate((): unknown[] => ['minosConfirm' in window, window.opener === null, window.length]),
    ).toEqual([false, true, 0]);
    expect(
      await question.evaluate((): unknown[] => [
        'minos' in window,
        window.opener === null,
        localStorage.getItem('mine'),
        location.host,
      ]),
    ).toEqual([false, true, null, isStandIn() ? 'confirm.app.invalid' : 'confirm']);
    expect(
      await question.evaluate(() => Object.keys((window as unknown as { minosConfirm: object }).minosConfirm)),
    ).toEqual(['question', 'answer']);

    // A question goes with the page that asked, unanswered.
    const closed = question.waitForEvent('close');
    await page.reload();
    await closed;
    expect(await answers).toEqual([]);
    expect(await windows(app)).toBe(1);
    await page.waitForLoadState('load');
    expect(await versionsKept(home, page)).toBe(1);
  });

  test('is not heard on the channels of the other window, in either direction', async ({ launch, home }) => {
    writeTalosconfig(join(home, '.talos', 'config'), TEXT);
    const { app, page } = await launch();
    await withAVersion(page);
    let answer: Promise<readonly string[]> | undefined;
    await nextQuestion(app, () => {
      answer = script(page, 'history.forget', { file: join(home, '.talos', 'config') });
      return Promise.resolve();
    });

    // As a preload that an attacker took over would: the words of the one window, said by the other.
    const heard = await app.evaluate(({ BrowserWindow, ipcMain }) => {
      const [main, asking] = BrowserWindow.getAllWindows();
      if (main === undefined || asking === undefined) throw new Error('two windows');
      const said = { isConfirmed: true, typed: 'config' };
      const event = { sender: main.webContents, senderFrame: main.webContents.mainFrame };
      main.webContents.ipc.emit('minos-confirm:answer', event, said);
      ipcMain.emit('minos-confirm:answer', event, said);
      asking.webContents.ipc.emit('minos-confirm:answer', event, said);
      return BrowserWindow.getAllWindows().length;
    });

    expect(heard).toBe(2);
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[1]?.close());
    expect(await answer).toEqual(['cancelled']);
    expect(await versionsKept(home, page)).toBe(1);
  });

  test('brings no new address into a file before the user allows it', async ({ launch, home }) => {
    const file = writeTalosconfig(join(home, '.talos', 'config'), TEXT);
    const { app, page } = await launch();
    const input = { context: 'prod', endpoints: ['127.66.6.6'] };
    let answer: Promise<readonly string[]> | undefined;
    const ask = (): Promise<void> => {
      answer = script(page, 'contexts.setEndpoints', input);
      return Promise.resolve();
    };

    const question = await nextQuestion(app, ask);
    await question.getByRole('button', { name: 'Cancel' }).click();
    expect([await answer, readText(file)]).toEqual([['cancelled'], TEXT]);
    await confirmNext(app, 'Allow this address', ask);

    expect(await answer).toEqual(['ok']);
    expect(readPlain(file).contexts['prod']).toMatchObject({ endpoints: ['127.66.6.6'] });
    expect(existsSync(file)).toBe(true);
  });
});
