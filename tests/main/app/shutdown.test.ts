import { EventEmitter } from 'node:events';
import { expect, it, vi } from 'vitest';
import { silentLog } from '../../../main/lib/log.ts';

const electron = vi.hoisted(() => ({
  app: undefined as unknown,
  asked: 0,
  answer: (_response: number) => undefined as void,
}));
vi.mock('electron', () => ({
  get app() {
    return electron.app;
  },
  BrowserWindow: { getAllWindows: () => [] },
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
