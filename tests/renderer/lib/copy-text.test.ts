import { afterEach, describe, expect, it, vi } from 'vitest';
import { copyText } from '../../../renderer/lib/copy-text.ts';

afterEach(() => vi.restoreAllMocks());

describe('copying', () => {
  it('hands the text to the copy event and stops listening afterwards', () => {
    const clipboard = { setData: vi.fn() };
    const fire = (): boolean =>
      document.dispatchEvent(Object.assign(new Event('copy', { cancelable: true }), { clipboardData: clipboard }));
    document.execCommand = () => fire();

    expect(copyText('talosctl version')).toBe(true);
    fire();

    expect(clipboard.setData.mock.calls).toEqual([['text/plain', 'talosctl version']]);
  });

  it('says so when the browser took nothing', () => {
    document.execCommand = () => false;

    expect(copyText('x')).toBe(false);
  });
});
