import type { Chromium } from '../chromium/chromium.ts';
import type { Tray } from './tray.ts';
import type { BrowserWindow } from './window/browser-window.ts';

/** What the modules of one running stand-in share. There is one main process, so there is one of these. */
export const runtime: {
  chromium: Chromium | undefined;
  /** True from the moment `ready` is fired. */
  ready: boolean;
  quitting: boolean;
  readonly windows: Map<number, BrowserWindow>;
} = { chromium: undefined, ready: false, quitting: false, windows: new Map() };

/** What the stand-in has noted down instead of showing it; `globalThis.standIn` in tests. */
export const recorded: {
  /** `click` does what the user's click does. */
  readonly notifications: { title: string; body: string; click: () => void }[];
  /** What file dialogs were asked, oldest first. */
  readonly dialogs: {
    name: 'showOpenDialog' | 'showSaveDialog';
    title: string;
    defaultPath: string;
    properties: string[];
    isOverWindow: boolean;
  }[];
  /** Those that are there. */
  readonly trays: Tray[];
  /** A test sets why the next notifications fail; '' lets them be shown. */
  notificationsFail: string;
  readonly openedExternally: string[];
  readonly openedPaths: string[];
  readonly shownInFolder: string[];
  readonly errorBoxes: { title: string; content: string }[];
  readonly protocolClients: Set<string>;
  readonly permissions: Map<string, 'granted' | 'denied'>;
} = {
  notifications: [],
  dialogs: [],
  trays: [],
  notificationsFail: '',
  openedExternally: [],
  openedPaths: [],
  shownInFolder: [],
  errorBoxes: [],
  protocolClients: new Set(),
  permissions: new Map(),
};

/** An event object whose default can be prevented. */
export class PreventableEvent {
  defaultPrevented = false;

  preventDefault(): void {
    this.defaultPrevented = true;
  }
}
