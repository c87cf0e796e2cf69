import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXECUTABLE, FIXTURE, Place, type RunningFixture, startFixture } from './start-fixture.ts';
import { canRunStandIn } from './virtual-display.ts';

const read = async (child: ChildProcess): Promise<{ code: number | null; stdout: string; stderr: string }> => {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
};

/** Processes whose command line names the profile. */
const processesOf = (profile: string): number =>
  readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`--user-data-dir=${profile}`);
    } catch {
      return false; // Ended meanwhile.
    }
  }).length;

describe.skipIf(!canRunStandIn())('the main process of the stand-in', () => {
  let place: Place;
  let running: RunningFixture;

  beforeAll(async () => {
    place = await Place.open();
    running = await startFixture(place, ['--talosconfig', 'some/path']);
  });
  afterAll(async () => {
    await running.close();
    place.close();
  });

  it('becomes ready only after the main module has been evaluated', async () => {
    await expect
      .poll(() => running.app.evaluate(() => globalThis.seen.order.slice(0, 5)))
      .toEqual(['evaluated', 'end of module', 'ready', 'ready-to-show', 'loaded']);
  });

  it('never becomes ready for a module that waits for it at its top level', async () => {
    const waiting = spawn(EXECUTABLE, [join(FIXTURE, 'waits-for-ready.mjs')], { env: place.env });
    const { code, stdout, stderr } = await read(waiting);
    expect({ code, stdout }).toEqual({ code: 13, stdout: '' });
    expect(stderr).toContain('waits at its top level');
  });

  it('stays alive without a window when the main module throws, as Electron does', async () => {
    const failing = spawn(EXECUTABLE, [join(FIXTURE, 'throws-while-loading.mjs')], { env: place.env });
    let stderr = '';
    failing.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const ended = once(failing, 'exit');

    await expect.poll(() => stderr, { timeout: 10_000 }).toContain('Error: no good start');
    expect(stderr).toContain('A JavaScript error occurred in the main process');
    expect(failing.exitCode).toBe(null);

    failing.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });

  it('describes itself as Electron does', async () => {
    const facts = await running.app.evaluate(({ app }) => ({
      name: app.getName(),
      version: app.getVersion(),
      userData: app.getPath('userData'),
      isPackaged: app.isPackaged,
      type: process.type,
      electron: process.versions['electron'],
      chrome: /^\d+\./.test(process.versions['chrome'] ?? ''),
      argv: process.argv.slice(-2),
    }));
    expect(facts).toEqual({
      name: 'Fixture',
      version: '1.2.3',
      userData: join(place.folder, 'config', 'Fixture'),
      isPackaged: false,
      type: 'browser',
      electron: '0.0.0-stand-in',
      chrome: true,
      argv: ['--talosconfig', 'some/path'],
    });
  });

  it('refuses what must happen before it is ready', async () => {
    const messages = await running.app.evaluate(({ app, protocol }) => {
      const messageOf = (run: () => void): string => {
        try {
          run();
          return 'accepted';
        } catch (error) {
          return (error as Error).message;
        }
      };
      return [
        messageOf(() => {
          app.enableSandbox();
        }),
        messageOf(() => {
          protocol.registerSchemesAsPrivileged([]);
        }),
      ];
    });
    expect(messages).toEqual([
      'app.enableSandbox() can only be called before app is ready',
      'protocol.registerSchemesAsPrivileged should be called before app is ready',
    ]);
  });

  it('lets a second instance tell the first one and end', async () => {
    const second = spawn(EXECUTABLE, [FIXTURE, '--second', 'argument'], { env: place.env, cwd: place.folder });
    expect(await read(second)).toMatchObject({ code: 0, stdout: 'second\n' });
    await expect
      .poll(() => running.app.evaluate(() => globalThis.seen.second.map(({ cwd, data }) => ({ cwd, data }))))
      .toEqual([{ cwd: place.folder, data: { from: 'fixture' } }]);
    const argv = await running.app.evaluate(() => globalThis.seen.second[0]?.argv.slice(1));
    expect(argv?.slice(0, 2)).toEqual(['--second', '--allow-file-access-from-files']);
    expect(argv?.at(-1)).toBe('argument');
  });

  it('has menus as data that can be clicked', async () => {
    const items = await running.app.evaluate(({ Menu }) => {
      let clicks = 0;
      const menu = Menu.buildFromTemplate([
        { label: 'A', submenu: [{ id: 'x', type: 'checkbox', click: () => clicks++ }] },
      ]);
      const item = menu.getMenuItemById('x');
      item?.click();
      return { clicks, checked: item?.checked, quit: Menu.getApplicationMenu()?.getMenuItemById('quit')?.role };
    });
    expect(items).toEqual({ clicks: 1, checked: true, quit: 'quit' });
  });

  it('lets a test answer a dialog', async () => {
    const answers = await running.app.evaluate(async ({ dialog }) => {
      const before = await dialog.showOpenDialog({});
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: ['/x'] });
      return [before, await dialog.showOpenDialog({})];
    });
    expect(answers).toEqual([
      { canceled: true, filePaths: [] },
      { canceled: false, filePaths: ['/x'] },
    ]);
  });

  it('writes down what it does not do', async () => {
    const recorded = await running.app.evaluate(async ({ clipboard, Notification, shell }) => {
      await shell.openExternal('https://example.com/');
      const notification = new Notification({ title: 't', body: 'b' });
      notification.show();
      const clicked = new Promise<boolean>((resolve) => notification.on('click', () => resolve(true)));
      await clipboard.writeText('copied');
      const { openedExternally, notifications } = globalThis.standIn;
      notifications[0]?.click();
      const shown = notifications.map(({ title, body }) => ({ title, body }));
      return { openedExternally, shown, isClicked: await clicked, clipboard: await clipboard.readText() };
    });
    expect(recorded).toEqual({
      openedExternally: ['https://example.com/'],
      shown: [{ title: 't', body: 'b' }],
      isClicked: true,
      clipboard: 'copied',
    });
  });

  it('says that encryption is available where there is no keychain; only the tag of a constant key tells', async () => {
    const facts = await running.app.evaluate(({ safeStorage }) => {
      const sealed = safeStorage.encryptString('text');
      return {
        says: [safeStorage.isEncryptionAvailable(), safeStorage.getSelectedStorageBackend()],
        tag: sealed.subarray(0, 3).toString(),
        isSealed: !sealed.includes('text'),
        opened: safeStorage.decryptString(sealed),
      };
    });
    expect(facts).toEqual({ says: [true, 'basic_text'], tag: 'v10', isSealed: true, opened: 'text' });
  });

  it('checks what a dialog is asked, and opens it in the folder for downloads unless told otherwise', async () => {
    const facts = await running.app.evaluate(async ({ BrowserWindow, dialog }) => {
      const [window] = BrowserWindow.getAllWindows();
      const wrong = await dialog.showSaveDialog({ properties: ['openFile'] as never }).catch(String);
      if (window) await dialog.showSaveDialog(window, { defaultPath: '/x/a', properties: ['createDirectory'] });
      await dialog.showSaveDialog({ title: 'Save' });
      const [saved, opened] = globalThis.standIn.dialogs.slice(-2);
      return { wrong, saved, opened: opened?.defaultPath };
    });
    expect(facts.wrong).toContain('TypeError');
    expect(facts.saved).toMatchObject({ defaultPath: '/x/a', properties: ['createDirectory'], isOverWindow: true });
    expect(facts.opened).toMatch(/Downloads$/);
  });

  it('gives the focus to one window, the one before when that goes, and none to a window that is not shown', async () => {
    const heard = await running.app.evaluate(({ app, BrowserWindow }) => {
      const [first] = BrowserWindow.getAllWindows();
      const names = new Map([[first?.id, 'first']]);
      const nameOf = (window: Electron.BaseWindow | null | undefined): string => names.get(window?.id) ?? 'none';
      const said: string[] = [];
      const say = (word: string) => (_event: unknown, window: Electron.BaseWindow) =>
        void said.push(`${word} ${nameOf(window)}`);
      const [onFocus, onBlur] = [say('focus'), say('blur')];
      first?.focus();
      app.on('browser-window-focus', onFocus).on('browser-window-blur', onBlur);
      const second = new BrowserWindow({ show: false });
      names.set(second.id, 'second');
      const hidden = nameOf(BrowserWindow.getFocusedWindow());
      second.focus();
      const still = nameOf(BrowserWindow.getFocusedWindow());
      second.show();
      const shown = [nameOf(BrowserWindow.getFocusedWindow()), first?.isFocused(), second.isFocused()];
      second.minimize();
      const minimized = nameOf(BrowserWindow.getFocusedWindow());
      second.restore();
      second.close();
      const closed = nameOf(BrowserWindow.getFocusedWindow());
      app.off('browser-window-focus', onFocus).off('browser-window-blur', onBlur);
      return { hidden, still, shown, minimized, closed, said };
    });
    expect(heard).toEqual({
      hidden: 'first',
      still: 'first',
      shown: ['second', false, true],
      minimized: 'first',
      closed: 'first',
      said: [
        ...['blur first', 'focus second', 'blur second', 'focus first'],
        ...['blur first', 'focus second', 'focus first'],
      ],
    });
    expect(running.app.process().exitCode).toBe(null);
  });

  it('lets a test fail a notification', async () => {
    const error = await running.app.evaluate(async ({ Notification }) => {
      globalThis.standIn.notificationsFail = 'no server';
      const notification = new Notification({ title: 't' });
      const failed = new Promise<string>((resolve) => notification.on('failed', (_event, why) => resolve(why)));
      notification.show();
      globalThis.standIn.notificationsFail = '';
      return failed;
    });
    expect(error).toBe('no server');
  });

  it('exchanges messages with a utility process and hears of its end', async () => {
    const heard = await running.app.evaluate(
      ({ utilityProcess }, path) =>
        new Promise((resolve) => {
          const child = utilityProcess.fork(path);
          let message: unknown;
          child.on('message', (data: unknown) => {
            message = data;
            child.postMessage('end');
          });
          child.on('exit', (code) => {
            resolve({ message, code });
          });
          child.postMessage(new Map([[1, 2]]));
        }),
      join(FIXTURE, 'utility.mjs'),
    );
    expect(heard).toMatchObject({ message: { type: 'utility', electron: 'undefined' }, code: 3 });
  });
});

describe.skipIf(!canRunStandIn())('the end of the stand-in', () => {
  let place: Place;

  beforeAll(async () => {
    place = await Place.open();
  });
  afterAll(() => {
    place.close();
  });

  it('asks every window before it quits, and removes its profile', async () => {
    const { app, close } = await startFixture(place);
    const child = app.process();
    const [profile = ''] = place.profiles();
    await app.evaluate(({ app: electronApp, BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.once('close', (event) => {
        event.preventDefault();
      });
      electronApp.quit();
    });
    expect(app.windows()).toHaveLength(1);

    await close();

    expect(child.exitCode).toBe(0);
    expect(place.profiles()).toEqual([]);
    expect(processesOf(join(place.folder, profile))).toBe(0);
  });

  it('keeps what pages keep for the next start', async () => {
    const first = await startFixture(place);
    await first.page.evaluate(() => {
      localStorage.setItem('kept', 'yes');
    });
    await first.close();

    const second = await startFixture(place);
    const kept = await second.page.evaluate(() => localStorage.getItem('kept'));
    await second.close();
    expect(kept).toBe('yes');
  });

  it('quits when its last window is closed by the person at the screen', async () => {
    const { app, page } = await startFixture(place);
    const exited = once(app.process(), 'exit');
    const devTools = await page.context().newCDPSession(page);
    devTools.send('Page.close').catch(() => undefined);
    expect(await exited).toEqual([0, null]);
  });

  it('leaves neither Chromium nor a profile when it is killed', async () => {
    const { app } = await startFixture(place);
    const [profile = ''] = place.profiles();
    const path = join(place.folder, profile);
    expect(processesOf(path)).toBeGreaterThan(0);

    app.process().kill('SIGKILL');

    await expect.poll(() => processesOf(path), { timeout: 10_000 }).toBe(0);
    await expect.poll(() => existsSync(path), { timeout: 10_000 }).toBe(false);
  });
});
