import * as v from 'valibot';
import { call, contextName, nothing } from '../call.ts';
import { DATE_FORMS, TIME_ZONES } from '../settings/settings.ts';
import type { Diagnostics } from './diagnostics.ts';
import type { AppInfo } from './info.ts';

/** Calls about the app itself. */
export const appCalls = {
  /** Versions and mode of the running app. */
  'app.info': call<AppInfo>()(nothing),
  /** What helps to find a fault of Minos itself; tries TLS with itself, which takes some tens of milliseconds. */
  'app.diagnostics': call<Diagnostics>()(nothing),
  /** Shows the log file in the system's file manager. */
  'app.showLog': call<void>()(nothing),
  /** Start the simulated cluster and work on it; touches no file of the user's. */
  'app.openDemo': call<void>()(nothing),
  /** Work on the user's own files and end the demo; what was run in it is forgotten. */
  'app.leaveDemo': call<void>()(nothing),
  /** How main writes times from now on, in the tray, in notices and in its sentences: as the page does. */
  'app.showTimes': call<void>()(v.strictObject({ timeZone: v.picklist(TIME_ZONES), dates: v.picklist(DATE_FORMS) })),
  /** Shows the sign in the tray of the desktop, or takes it away. Nothing happens where the desktop has none. */
  'app.showTray': call<void>()(v.strictObject({ isShown: v.boolean() })),
  /**
   * Opens a window beside this one: on `context`, else on the one of this window, at `address` (`#/nodes`), else as windows begin. Failures:
   * `not-found`; `busy` when there are eight.
   */
  'windows.open': call<void>()(
    v.strictObject({
      context: v.optional(contextName),
      address: v.optional(v.pipe(v.string(), v.maxLength(1_000), v.regex(/^#\/[^\s#]*$/))),
    }),
  ),
  /** Whether anybody can see this window. While nobody can see any, watches are not asked whether their nodes still answer. */
  'page.seen': call<void>()(v.strictObject({ isSeen: v.boolean() })),
} as const;
