import { rm } from 'node:fs/promises';
import { Failed } from '../../lib/failed.ts';
import type { Log } from '../../lib/log.ts';
import { checkPackage } from './check-package.ts';
import { brokenPackage, fetchFailed, notFree, notTaken } from './package-failures.ts';
import type { LibraryPackage, LibraryUpdater } from './library-updater.ts';

/** The part of electron-updater that Minos uses, once it is loaded. `Token`: what ends a download. */
export interface Library<Token extends { cancel(): void }> {
  readonly newUpdater: (platform: NodeJS.Platform) => LibraryUpdater<Token>;
  readonly newToken: () => Token;
}

/** What {@link LibraryPackages} work with. */
export interface PackagesOptions {
  readonly platform: NodeJS.Platform;
  /** On Windows: throws Failed unless a file is signed by the publisher of the build. macOS looks itself. */
  readonly expectSigned?: (path: string) => Promise<void>;
  /** Called before it ends Minos: on macOS the windows are closed before the app says that it quits. */
  readonly onEnding?: () => void;
  /** Called when the system has refused, and Minos does not end after all. */
  readonly onStaying?: () => void;
  readonly log: Log;
}

/**
 * Fetches and installs packages by electron-updater. Whatever the library found, each package is looked at once more here, after it was
 * fetched and before it is installed: by its size, its checksum and, on Windows, its signature, which the library takes for good where
 * PowerShell or its own settings fail.
 */
export class LibraryPackages<Token extends { cancel(): void }> {
  readonly #options: PackagesOptions;
  readonly #updater: LibraryUpdater<Token>;
  readonly #newToken: () => Token;
  #fetched: { readonly path: string; readonly wanted: LibraryPackage } | undefined;
  #onProgress: ((doneBytes: number) => void) | undefined;
  #onError: ((error: Error) => void) | undefined;

  constructor({ newUpdater, newToken }: Library<Token>, options: PackagesOptions) {
    this.#options = options;
    this.#newToken = newToken;
    this.#updater = newUpdater(options.platform);
    this.#prepare(this.#updater);
  }

  /** Fetches a package and checks it. Throws Failed when it is not what it should be, `cancelled` when the signal aborts. */
  async fetch(wanted: LibraryPackage, onProgress: (doneBytes: number) => void, signal: AbortSignal): Promise<void> {
    this.#fetched = undefined;
    const token = this.#newToken();
    const cancel = (): void => {
      token.cancel();
    };
    signal.addEventListener('abort', cancel, { once: true });
    let isTooLarge = false;
    this.#onProgress = (doneBytes) => {
      onProgress(Math.min(doneBytes, wanted.sizeBytes));
      isTooLarge ||= doneBytes > wanted.sizeBytes;
      if (isTooLarge) cancel();
    };
    try {
      if (signal.aborted) throw new Error('cancelled');
      this.#updater.wants(wanted);
      const [path = ''] = await this.#updater.downloadUpdate(token);
      await this.#check(path, wanted);
      this.#fetched = { path, wanted };
    } catch (error) {
      if (signal.aborted) throw new Failed({ code: 'cancelled', message: 'The update was not fetched.' }, error);
      throw isTooLarge ? brokenPackage() : fetchFailed(error);
    } finally {
      signal.removeEventListener('abort', cancel);
      this.#onProgress = undefined;
    }
    if (signal.aborted) throw new Failed({ code: 'cancelled', message: 'The update was not fetched.' });
  }

  /** Installs what was fetched last and ends Minos; resolves never, unless it fails: Failed. */
  async install(isStillFree: () => boolean): Promise<void> {
    const fetched = this.#fetched;
    if (fetched === undefined) throw brokenPackage();
    await this.#check(fetched.path, fetched.wanted);
    if (!isStillFree()) throw notFree();
    return new Promise((_resolve, reject) => {
      this.#onError = (error) => {
        this.#onError = undefined;
        this.#options.onStaying?.();
        reject(notTaken(error));
      };
      this.#options.onEnding?.();
      // Silent: the wizard would ask again for what was chosen when Minos was installed first.
      this.#updater.quitAndInstall(true, true);
    });
  }

  async #check(path: string, wanted: LibraryPackage): Promise<void> {
    try {
      await checkPackage(path, wanted);
      await this.#options.expectSigned?.(path);
    } catch (error) {
      this.#fetched = undefined;
      await rm(path, { force: true }).catch(() => undefined);
      throw error;
    }
  }

  #prepare(updater: LibraryUpdater<Token>): void {
    const { log } = this.#options;
    const told = (message: unknown): void => {
      log.write('warn', 'electron-updater', { message: String(message).slice(0, 500) });
    };
    Object.assign(updater, {
      ...{ autoDownload: false, autoInstallOnAppQuit: false, autoRunAppAfterInstall: true },
      ...{ allowPrerelease: false, allowDowngrade: false },
      ...{ disableWebInstaller: true, disableDifferentialDownload: true },
      requestHeaders: { 'User-Agent': 'Minos' },
      logger: { info: () => undefined, warn: told, error: told },
    } satisfies Partial<LibraryUpdater<Token>>);
    updater.on('download-progress', ({ transferred }) => this.#onProgress?.(transferred));
    updater.on('error', (error) => this.#onError?.(error));
    // A proxy that wants a password gets none.
    updater.on('login', (_info, answer) => {
      answer();
    });
  }
}
