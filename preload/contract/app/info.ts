/** The window that asks. */
export interface WindowInfo {
  /** What its tabs are kept by; another window never gets it. */
  readonly number: number;
  /** Of all windows that are open. */
  readonly numbers: readonly number[];
  /** The address it was opened for, such as `#/nodes`. */
  readonly address?: string;
}

/** What runs, and how it was started. */
export interface AppInfo {
  readonly version: string;
  /** `electron`, or `stand-in` where Electron's runtime cannot be had. */
  readonly runtime: 'electron' | 'stand-in';
  readonly versions: { readonly electron: string; readonly chrome: string; readonly node: string };
  readonly platform: string;
  /** How the region of this computer writes dates, such as `de-DE`. */
  readonly locale: string;
  readonly isDemo: boolean;
  readonly window: WindowInfo;
  readonly isPackaged: boolean;
  /** False: Chromium's sandbox is off, as root or by a switch; what runs in the page is held by less. */
  readonly isSandboxed: boolean;
  /** Started from a menu or a dock, where variables that only a shell sets are not seen. */
  readonly isFromMenu: boolean;
}
