import { EventEmitter } from 'node:events';
import { expect, it, vi } from 'vitest';
import { silentLog } from '../../../main/lib/log.ts';

interface FakeElectron {
  app: unknown;
  asked: number;
  windows: readonly unknown[];
  answer: (response: number) => void;
}

const electron = vi.hoisted((): FakeElectron => ({ app: undefined, asked: 0, windows: [], answer: () => undefined }));
vi.mock('electron', () => ({
  get app() {
    return electron.app;
  },
  BrowserWindow: { getAllWindows: () => electron.windows },
  dialog: {
    showMessageBox: () => {
      electron.asked += 1;
      return new Promise((resolve) => {
        electron.answer = (response) => resolve({ response });
      });
    },
  },
}));

it('asks once whether to end while a deed is under way, however often that is wished, and stays where the user says so', async () => {
  const quit = vi.fn();
  const app = Object.assign(new EventEmitter(), { quit, isReady: () => true });
  electron.app = app;
  const { endWith } = await import('../../../main/app/shutdown.ts');
  const staying = { isNeeded: () => true, onceOver: () => undefined, reopen: () => undefined };
  endWith(() => Promise.resolve(), staying, silentLog);
  const wish = (): boolean => {
    let isPrevented = false;
    app.emit('before-quit', { preventDefault: () => (isPrevented = true) });
    return isPrevented;
  };

  expect([wish(), wish()]).toEqual([true, true]);
  expect(electron.asked).toBe(1);
  electron.answer(0);
  await vi.waitFor(() => {
    expect(wish()).toBe(true);
    expect(electron.asked).toBe(2);
  });
  expect(quit).not.toHaveBeenCalled();

  electron.answer(1);
  await vi.waitFor(() => expect(quit).toHaveBeenCalledOnce());
  expect(wish()).toBe(false);
});

it('stays without a window while a deed is under way, and ends once it is over unless a window was opened again', async () => {
  const quit = vi.fn();
  const reopen = vi.fn();
  const app = Object.assign(new EventEmitter(), { quit, isReady: () => true });
  electron.app = app;
  const { endWith } = await import('../../../main/app/shutdown.ts');
  let isOver: (() => void) | undefined;
  const staying = { isNeeded: () => true, onceOver: (then: () => void) => (isOver = then), reopen };
  endWith(() => Promise.resolve(), staying, silentLog);

  app.emit('window-all-closed');
  expect(quit).not.toHaveBeenCalled();
  app.emit('second-instance');
  expect(reopen).toHaveBeenCalledOnce();
  // macOS, where a link and a file come to the Minos that runs.
  app.emit('open-url');
  app.emit('open-file');
  expect(reopen).toHaveBeenCalledTimes(3);
  electron.windows = [{}];
  isOver?.();
  expect(quit).not.toHaveBeenCalled();

  electron.windows = [];
  app.emit('window-all-closed');
  isOver?.();
  expect(quit).toHaveBeenCalledOnce();
});
