import { showTimesIn } from '../../../preload/contract/format/moments.ts';
import type { AppInfo, DesktopRequest } from '../../../preload/contract/index.ts';
import type { CallHandlers, StreamHandlers } from '../handlers.ts';
import type { Workspace } from '../workspace.ts';
import { diagnose, type DiagnosticsOptions } from './diagnostics.ts';

type AppCall =
  | 'app.info'
  | 'app.diagnostics'
  | 'app.showLog'
  | 'app.openDemo'
  | 'app.leaveDemo'
  | 'app.showTray'
  | 'app.showTimes'
  | 'windows.open'
  | 'page.seen';

/** Opens a window whose page begins at an address; the id it asks by. Throws Failed `busy`. */
export type OpenWindow = (address?: string) => number;

/** Calls about the app itself. */
export function appRoutes(
  workspace: Workspace,
  info: (windowId: number) => AppInfo,
  diagnostics: DiagnosticsOptions,
  showTray: ((isShown: boolean) => void) | undefined,
  openWindow: OpenWindow,
): Pick<CallHandlers, AppCall> {
  return {
    'app.info': (_nothing, { windowId }) => info(windowId),
    'app.diagnostics': () => diagnose(diagnostics),
    'app.showLog': () => {
      diagnostics.logs.show();
    },
    'app.openDemo': () => workspace.openDemo(),
    'app.leaveDemo': () => workspace.leaveDemo(),
    'app.showTimes': ({ timeZone, dates }, { windowId }) => {
      showTimesIn(timeZone, dates, info(windowId).locale);
    },
    'app.showTray': ({ isShown }) => {
      showTray?.(isShown);
    },
    'windows.open': ({ context, address }, { windowId }) => {
      const { windows } = workspace.talosconfig;
      if (context !== undefined) workspace.talosconfig.context(context);
      const wanted = context ?? windows.contextOf(windowId);
      const opened = openWindow(address);
      // Its page asks only after this.
      if (wanted !== undefined) windows.select(opened, wanted);
    },
    'page.seen': ({ isSeen }, { windowId }) => {
      workspace.seen.tell(windowId, isSeen);
    },
  };
}

/** What the user asks of a window outside its page, until the signal aborts. */
export type DesktopRequests = (windowId: number, signal: AbortSignal) => AsyncIterable<DesktopRequest>;

/** What reaches the page from outside it. */
export function appStreams(pageRequests: DesktopRequests): Pick<StreamHandlers, 'desktop'> {
  return { desktop: (_nothing, { windowId, signal }) => pageRequests(windowId, signal) };
}
