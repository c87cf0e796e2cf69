import { recorded, runtime } from './runtime.ts';
import { fromChromium } from './addresses.ts';

type Ask = (
  webContents: unknown,
  permission: string,
  answer: (granted: boolean) => void,
  details: Readonly<Record<string, unknown>>,
) => void;
type Check = (
  webContents: unknown,
  permission: string,
  origin: string,
  details: Readonly<Record<string, unknown>>,
) => boolean;
type CheckDevice = (details: Readonly<Record<string, unknown>>) => boolean;

/** Electron's name → the name DevTools knows. */
const PERMISSIONS: readonly (readonly [string, string])[] = [
  ['geolocation', 'geolocation'],
  ['notifications', 'notifications'],
  ['media', 'audioCapture'],
  ['media', 'videoCapture'],
  ['midi', 'midi'],
  ['midiSysex', 'midiSysex'],
  ['clipboard-read', 'clipboardReadWrite'],
  ['clipboard-sanitized-write', 'clipboardSanitizedWrite'],
  ['idle-detection', 'idleDetection'],
  ['window-management', 'windowManagement'],
  ['storage-access', 'storageAccess'],
  ['display-capture', 'displayCapture'],
];

/**
 * The three permission call-backs of a session. Chromium does not ask over DevTools at the moment a page wants
 * something, so they are asked beforehand, once per origin, and Chromium is told the answers.
 */
export class Permissions {
  ask: Ask | null = null;
  check: Check | null = null;
  checkDevice: CheckDevice | null = null;

  /** Asks for every permission and tells Chromium. Without call-backs everything is granted, as in Electron. */
  async apply(webContents: unknown, chromiumUrl: string): Promise<void> {
    const [chromiumOrigin] = /^https?:\/\/[^/?#]+/.exec(chromiumUrl) ?? [];
    if (chromiumOrigin === undefined) return;
    const origin = fromChromium(`${chromiumOrigin}/`);
    await Promise.all(
      PERMISSIONS.map(async ([permission, name]) => {
        const setting = (await this.#decide(webContents, permission, origin)) ? 'granted' : 'denied';
        recorded.permissions.set(permission, setting);
        await runtime.chromium?.devTools.browser
          .send('Browser.setPermission', { permission: { name }, setting, origin: chromiumOrigin })
          .catch(() => {
            // This Chromium does not know that permission by that name: nothing to grant.
          });
      }),
    );
  }

  async #decide(webContents: unknown, permission: string, origin: string): Promise<boolean> {
    const details = { requestingUrl: origin, isMainFrame: true, securityOrigin: origin };
    if (this.check && !this.check(webContents, permission, origin, details)) return false;
    const { ask } = this;
    if (!ask) return true;
    return new Promise((resolve) => {
      ask(webContents, permission, resolve, details);
    });
  }
}
