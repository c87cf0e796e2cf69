import type { App } from 'electron';
import type { AppInfo, WindowInfo } from '../../preload/contract/index.ts';
import { isFromMenu, isSandboxOff, type StartFacts } from './start-rules.ts';

/** Versions and mode of the running app. The stand-in names itself in Electron's version. */
export function appInfo(app: App, isDemo: boolean, window: WindowInfo, start: StartFacts): AppInfo {
  const { electron, chrome, node } = process.versions;
  return {
    version: app.getVersion(),
    runtime: (electron ?? '').includes('stand-in') ? 'stand-in' : 'electron',
    versions: { electron: electron ?? '', chrome: chrome ?? '', node },
    platform: process.platform,
    locale: app.getSystemLocale(),
    isDemo,
    window,
    isPackaged: app.isPackaged,
    isSandboxed: !isSandboxOff(start),
    isFromMenu: isFromMenu(start),
  };
}
