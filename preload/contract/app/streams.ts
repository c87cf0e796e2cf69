import { call, nothing } from '../call.ts';
import type { DesktopRequest } from './desktop.ts';

/** Streams about the app itself. */
export const appStreams = {
  /** What the user asks of this window outside its page, while it is open; also what was asked before the page was there. */
  desktop: call<DesktopRequest>()(nothing),
} as const;
