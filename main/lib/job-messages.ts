import type { Failure } from '../../preload/contract/index.ts';

/** What a thread can do, by name. A job that is asked for in parts answers with an iterator. */
export type JobTable = Readonly<Record<string, (...args: never[]) => unknown>>;

/** How arguments and answers cross, where they hold what structured clone drops: classes with private fields. */
export interface Crossing {
  /** Plain data for a value. May throw Failed `too-large`. */
  toWire(value: unknown): unknown;
  /** The value that {@link toWire} was given; what arrived may be changed in place. */
  fromWire(value: unknown): unknown;
}

/** Values that are plain data already. */
export const PLAIN: Crossing = { toWire: (value) => value, fromWire: (value) => value };

/** What the pool tells a thread. `parts` begins a job whose answer is fetched part after part. */
export type JobMessage =
  | { readonly type: 'whole' | 'parts'; readonly name: string; readonly args: unknown }
  | { readonly type: 'next' }
  /** Nobody wants the rest of the parts; it is not answered. */
  | { readonly type: 'drop' };

/** What a thread says to each message but `drop`: a value (serialized), that there is no further part, or why there is none. */
export type JobAnswer =
  | { readonly type: 'value'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: 'no-more' }
  | { readonly type: 'too-large' }
  | { readonly type: 'failed'; readonly failure: Failure }
  | { readonly type: 'threw'; readonly message: string };
