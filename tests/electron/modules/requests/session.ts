import { EventEmitter } from 'node:events';
import { fetchForApp } from './net.ts';
import { Permissions } from './permissions.ts';
import { Protocol } from './protocol.ts';
import { runtime } from '../runtime.ts';
import { WebRequest } from './web-request.ts';

/**
 * A session. The default one is Chromium's temporary profile, each partition a browser context of its own: cookies and
 * storage are apart. `persist:` partitions do not outlive the process either.
 */
export class Session extends EventEmitter {
  readonly protocol = new Protocol();
  readonly webRequest = new WebRequest();
  readonly standInPermissions = new Permissions();
  readonly partition: string;
  #browserContext: Promise<string | undefined> | undefined;
  #spellChecker = true;
  #userAgent = '';

  constructor(partition: string) {
    super();
    this.partition = partition;
  }

  /** Undefined: Chromium's default one. */
  standInBrowserContext(): Promise<string | undefined> {
    this.#browserContext ??=
      this.partition === ''
        ? Promise.resolve(undefined)
        : (runtime.chromium?.createContext() ?? Promise.resolve(undefined));
    return this.#browserContext;
  }

  setPermissionRequestHandler(ask: Permissions['ask']): void {
    this.standInPermissions.ask = ask;
  }

  setPermissionCheckHandler(check: Permissions['check']): void {
    this.standInPermissions.check = check;
  }

  setDevicePermissionHandler(check: Permissions['checkDevice']): void {
    this.standInPermissions.checkDevice = check;
  }

  setDisplayMediaRequestHandler(): void {
    // Chromium's own picker cannot be reached; the permission display-capture decides.
  }

  setUSBProtectedClassesHandler(): void {
    // There are no USB devices here.
  }

  setBluetoothPairingHandler(): void {
    // There is no Bluetooth here.
  }

  setSpellCheckerEnabled(enabled: boolean): void {
    this.#spellChecker = enabled;
  }

  isSpellCheckerEnabled(): boolean {
    return this.#spellChecker;
  }

  setSpellCheckerLanguages(): void {
    // No dictionaries are ever downloaded.
  }

  setSpellCheckerDictionaryDownloadURL(): void {
    // No dictionaries are ever downloaded.
  }

  setUserAgent(userAgent: string): void {
    this.#userAgent = userAgent;
  }

  getUserAgent(): string {
    return this.#userAgent;
  }

  isPersistent(): boolean {
    return this.partition === '' || this.partition.startsWith('persist:');
  }

  fetch(input: string | Request, init?: RequestInit): Promise<Response> {
    return fetchForApp(input, init);
  }

  async setProxy(): Promise<void> {
    // The windows have no network.
  }

  async clearStorageData(): Promise<void> {
    // The profile is new at every start.
  }

  async clearCache(): Promise<void> {
    // The profile is new at every start.
  }

  flushStorageData(): void {
    // The profile is new at every start.
  }
}

const sessions = new Map<string, Session>();

const fromPartition = (partition: string): Session => {
  const known = sessions.get(partition) ?? new Session(partition);
  sessions.set(partition, known);
  return known;
};

export const session = { defaultSession: fromPartition(''), fromPartition };
