import { Failed } from '../../lib/failed.ts';
import type { Desktop } from './desktop.ts';

/** Windows with an open dialog, by the desktop they are of: calls and streams ask through it alike. */
const ASKING = new WeakMap<Desktop, Set<number>>();

/**
 * The desktop with one dialog of the system at a time per window: while one is open, a second request fails `busy` at
 * once. The system would stack them, each above the last, for as long as the page asks.
 */
export function oneDialogAtATime<D extends Desktop>(desktop: D): D {
  const asking = ASKING.get(desktop) ?? new Set<number>();
  ASKING.set(desktop, asking);
  const alone =
    <A extends readonly unknown[], T>(ask: (windowId: number, ...rest: A) => Promise<T>) =>
    async (windowId: number, ...rest: A): Promise<T> => {
      if (asking.has(windowId)) {
        throw new Failed({
          code: 'busy',
          message: 'A dialog of this window is open already.',
          hint: 'Answer it or close it first.',
          retry: 'safe',
        });
      }
      asking.add(windowId);
      try {
        return await ask(windowId, ...rest);
      } finally {
        asking.delete(windowId);
      }
    };
  return {
    ...desktop,
    chooseFiles: alone(desktop.chooseFiles),
    chooseSavePath: alone(desktop.chooseSavePath),
    chooseKubeconfig: alone(desktop.chooseKubeconfig),
    chooseFolder: alone(desktop.chooseFolder),
  };
}
