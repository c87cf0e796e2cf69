import { recorded, runtime } from '../runtime.ts';
import { fromChromium } from '../addresses.ts';

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

interface Descriptor {
  readonly name: string;
  readonly sysex?: boolean;
  readonly allowWithoutSanitization?: boolean;
}

/** Electron's name and what it is called in the permissions API. */
const PERMISSIONS: readonly (readonly [string, Descriptor])[] = [
  ['geolocation', { name: 'geolocation' }],
  ['notifications', { name: 'notifications' }],
  ['media', { name: 'camera' }],
  ['media', { name: 'microphone' }],
  ['midi', { name: 'midi' }],
  ['midiSysex', { name: 'midi', sysex: true }],
  ['clipboard-read', { name: 'clipboard-read' }],
  ['clipboard-sanitized-write', { name: 'clipboard-write' }],
  ['idle-detection', { name: 'idle-detection' }],
  ['window-management', { name: 'window-management' }],
  ['storage-access', { name: 'storage-access' }],
  ['display-capture', { name: 'display-capture' }],
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
  async apply(webContents: unknown, chromiumUrl: string, browserContextId?: string): Promise<void> {
    const [chromiumOrigin] = /^https?:\/\/[^/?#]+/.exec(chromiumUrl) ?? [];
    if (chromiumOrigin === undefined) return;
    const origin = fromChromium(`${chromiumOrigin}/`);
    await Promise.all(
      PERMISSIONS.map(async ([permission, descriptor]) => {
        const setting = (await this.#decide(webContents, permission, origin)) ? 'granted' : 'denied';
        recorded.permissions.set(permission, setting);
        await runtime.chromium?.devTools.browser
          .send('Browser.setPermission', {
            permission: descriptor,
            setting,
            origin: chromiumOrigin,
            ...(browserContextId !== undefined && { browserContextId }),
          })
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
