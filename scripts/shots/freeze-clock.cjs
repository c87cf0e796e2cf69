'use strict';
/* global process */
// Loaded before the app (`electron -r`): the main process, too, lives at the moment MINOS_SHOTS_AT, in epoch milliseconds.
// Only the calendar stands still; timers and durations go on, so the app works.
const at = Number(process.env.MINOS_SHOTS_AT);
const RealDate = Date;
class FrozenDate extends RealDate {
  constructor(...values) {
    if (values.length === 0) super(at);
    else super(...values);
  }

  static now() {
    return at;
  }
}
globalThis.Date = FrozenDate;
