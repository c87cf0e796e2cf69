import { call, nothing } from '../call.ts';
import type { DesktopRequest } from './desktop.ts';

/** Streams about the app itself. */
export const appStreams = {
  /** What the user asks for outside the page, while the window is open; also what was asked before the page was there. */
  desktop: call<DesktopRequest>()(nothing),
} as const;
