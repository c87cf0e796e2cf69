import type { Failure } from '../failure.ts';

/**
 * By which certificate a context reads. `off`: by that of its file, as ever. `making`: the cluster is asked for one of os:reader, and reads
 * wait. `switching`: new reads go by os:reader, and some that began before still by the file's. `reader`: all reads go by os:reader.
 * `lifted`: by the file's for a while, since the user said so. `failed`: there is none of os:reader, so reads go by the file's.
 * `unknown`: whether it is to be read by os:reader cannot be read in the settings, and reads go by the file's.
 */
export type PowerMode = 'off' | 'making' | 'switching' | 'reader' | 'lifted' | 'failed' | 'unknown';

/** Topic `power.state`. */
export interface PowerState {
  readonly mode: PowerMode;
  /**
   * `reader` and `switching`: until then its certificate is valid, and it is made anew before; `lifted`: until then, missing where it lasts
   * until a deed is over. Epoch milliseconds. */
  readonly untilMs?: number;
  /** Why it `failed`; it is tried again every minute, unless the role of the file is too low. */
  readonly failure?: Failure;
}
