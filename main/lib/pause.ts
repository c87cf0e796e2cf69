import type { Clock } from './clock.ts';
import { untilAborted } from './until-aborted.ts';

/**
 * Waits `ms`, or until the signal aborts, and leaves neither timer nor listener behind. `onWaiting` gets what ends the wait early;
 * it is not called when the signal has aborted already.
 */
export async function pause(
  clock: Clock,
  ms: number,
  signal: AbortSignal,
  onWaiting?: (goOn: () => void) => void,
): Promise<void> {
  let cancel = (): void => undefined;
  await untilAborted(signal, (resolve) => {
    cancel = clock.after(ms, resolve);
    onWaiting?.(resolve);
  });
  cancel();
}
