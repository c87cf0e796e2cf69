import { beforeEach, expect, it, vi } from 'vitest';

const asked = vi.hoisted(() => ({ answers: [] as number[], count: 0 }));
vi.mock('electron', () => ({
  dialog: {
    showMessageBox: () => {
      asked.count += 1;
      return Promise.resolve({ response: asked.answers.shift() ?? 2 });
    },
  },
}));

const { onCrashedPage } = await import('../../../main/app/window/crashed-page.ts');

const again = vi.fn();
const showLog = vi.fn();
beforeEach(() => {
  vi.clearAllMocks();
  asked.count = 0;
  asked.answers = [];
});

const page = (isDestroyed = false): ((nowMs: number) => void) =>
  onCrashedPage({ window: { isDestroyed: () => isDestroyed } as never, again, showLog });

it('the page of a window that is gone is not loaded again, and nobody is asked', () => {
  const crashed = page(true);
  for (const at of [0, 1, 2, 3, 4]) crashed(at);

  expect([again.mock.calls.length, asked.count]).toEqual([0, 0]);
});

it('a page that crashes is loaded again, three times a minute, and then when the user says so', async () => {
  const crashed = page();
  asked.answers = [1, 0];
  for (const at of [0, 1000, 2000]) crashed(at);
  expect([again.mock.calls.length, asked.count]).toEqual([3, 0]);

  crashed(3000);

  await vi.waitFor(() => expect(again).toHaveBeenCalledTimes(4));
  expect([asked.count, showLog.mock.calls.length]).toEqual([2, 1]);
});

it('a page that crashes now and then is loaded again without a question, and one question is open at a time', () => {
  const crashed = page();
  for (const at of [0, 30_000, 60_000, 90_000, 120_000]) crashed(at);
  expect([again.mock.calls.length, asked.count]).toEqual([5, 0]);

  for (const at of [200_000, 200_001, 200_002, 200_003, 200_004]) crashed(at);

  expect([again.mock.calls.length, asked.count]).toEqual([8, 1]);
});
