import { describe, expect, it } from 'vitest';
import { mistakeIn } from '../../../renderer/shell/mistake.ts';

describe('an error that nobody caught', () => {
  it('is told with the words of what was thrown', () => {
    expect(
      mistakeIn(new ErrorEvent('error', { error: new Error('no rows'), message: 'Uncaught Error: no rows' })),
    ).toBe('Minos made a mistake: no rows');
    expect(mistakeIn(Object.assign(new Event('unhandledrejection'), { reason: 'gone' }))).toBe(
      'Minos made a mistake: gone',
    );
  });

  it("of the browser's own, with nothing thrown, is told with its words", () => {
    expect(mistakeIn(new ErrorEvent('error', { error: null, message: 'Script error.' }))).toBe(
      'Minos made a mistake: Script error.',
    );
  });

  it('is not told when sizes changed while they were measured: the next frame measures again', () => {
    const message = 'ResizeObserver loop completed with undelivered notifications.';
    expect(mistakeIn(new ErrorEvent('error', { error: null, message }))).toBeUndefined();
  });
});
