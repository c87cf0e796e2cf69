import { Failed } from '../lib/failed.ts';
import type { RateCap } from './rate-cap.ts';
import { isTrustedSender, type SenderEvent } from './trusted-sender.ts';

/** Longest name of a call, topic or stream that is looked up. */
const MAX_NAME_LENGTH = 64;

/** What a request is judged by before it is read. */
export interface GuardOptions {
  readonly isOurWindow: (senderId: number) => boolean;
  readonly rateCap: RateCap;
  readonly monotonicMs: () => number;
}

/**
 * The checks before any name is looked at: who asks, and how often. Throws Failed `refused` or `busy`.
 * Then {@link entryOf} finds the name, so `__proto__` and `constructor` are not names.
 */
export function admit(event: SenderEvent, options: GuardOptions): void {
  if (!isTrustedSender(event, options.isOurWindow)) {
    throw new Failed({ code: 'refused', message: 'Only the page of a Minos window may ask.' });
  }
  if (!options.rateCap.allows(event.sender.id, options.monotonicMs())) {
    throw new Failed({ code: 'busy', message: 'This window asks too often.', hint: 'Wait a second.', retry: 'safe' });
  }
}

/** The own entry of a table, or Failed `refused`. */
export function entryOf<T extends object>(table: T, name: unknown, kind: string): keyof T & string {
  // A name of megabytes is not looked up: the look-up alone would read all of it.
  if (typeof name === 'string' && name.length <= MAX_NAME_LENGTH && Object.hasOwn(table, name)) {
    return name as keyof T & string;
  }
  throw new Failed({ code: 'refused', message: `There is no ${kind} of that name.` });
}
