import type { ProducerMessage } from '../../preload/contract/index.ts';
import type { Clock } from '../lib/clock.ts';
import { Failed } from '../lib/failed.ts';
import { fitsMessage, messageSize } from '../lib/message-size.ts';
import type { Observable } from '../lib/observable.ts';
import { takeApart } from '../lib/parts.ts';

/** A topic sends at most ten values a second; what lies between is dropped, the newest is kept. */
export const TOPIC_INTERVAL_MS = 100;

/** Largest value of a topic. A talosconfig with 10,000 contexts makes some 10 MiB. */
const MAX_VALUE_BYTES = 64 * 1024 * 1024;

/**
 * Sends the current value of a topic now and later ones no more often than TOPIC_INTERVAL_MS. A value that is too large for
 * one message goes in parts, with other work in between; one above all bounds ends the topic with `fail`.
 */
export function publish(
  source: Observable<unknown>,
  send: (message: ProducerMessage) => void,
  signal: AbortSignal,
  clock: Clock,
  fail: (error: unknown) => void,
): void {
  let revision = 0;
  let isDirty = false;
  let isBusy = false;
  let cancelTimer: (() => void) | undefined;

  const sendNow = (): void => {
    isDirty = false;
    isBusy = true;
    const value = source.current;
    revision += 1;
    if (fitsMessage(value)) {
      send({ type: 'value', revision, value });
      rest();
    } else if (messageSize(value, MAX_VALUE_BYTES) > MAX_VALUE_BYTES) fail(tooLarge());
    else sendParts(takeApart(value), 0);
  };
  const sendParts = (parts: ReturnType<typeof takeApart>, index: number, known = parts.next()): void => {
    if (signal.aborted || known.done === true) return;
    const next = parts.next();
    const isLast = next.done === true;
    send({ type: 'part', revision, index, isLast, ...known.value });
    if (isLast) rest();
    else setImmediate(() => sendParts(parts, index + 1, next));
  };
  const rest = (): void => {
    cancelTimer = clock.after(TOPIC_INTERVAL_MS, () => {
      isBusy = false;
      if (isDirty) sendNow();
    });
  };

  const stop = source.subscribe(() => {
    if (isBusy) isDirty = true;
    else sendNow();
  });
  signal.addEventListener('abort', () => {
    stop();
    cancelTimer?.();
  });
  sendNow();
}

function tooLarge(): Failed {
  return new Failed({
    code: 'too-large',
    message: 'This is larger than 64 MiB and cannot be shown.',
    hint: 'Divide the files behind it into smaller ones.',
  });
}
