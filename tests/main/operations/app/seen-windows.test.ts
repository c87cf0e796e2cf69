import { expect, test } from 'vitest';
import { SeenWindows } from '../../../../main/operations/app/seen-windows.ts';

test('something is seen while any window is, and a window that was closed counts no longer', () => {
  const seen = new SeenWindows();
  expect(seen.isAny).toBe(true);

  seen.tell(1, true);
  seen.tell(2, false);
  expect(seen.isAny).toBe(true);
  seen.tell(1, false);
  expect(seen.isAny).toBe(false);
  seen.tell(2, true);
  expect(seen.isAny).toBe(true);

  seen.forget(2);
  expect(seen.isAny).toBe(false);
  // A deed may be under way without any window.
  seen.forget(1);
  expect(seen.isAny).toBe(true);
});
