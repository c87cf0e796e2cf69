/** All that Minos uses of electron-updater: a chunk of its own, which is loaded when an update is fetched. */
import { ElectronHttpExecutor } from 'electron-updater/out/electronHttpExecutor.js';
import { MacUpdater } from 'electron-updater/out/MacUpdater.js';
import { NsisUpdater } from 'electron-updater/out/NsisUpdater.js';
import { Provider } from 'electron-updater/out/providers/Provider.js';
import { CancellationToken, type ResolvedUpdateFileInfo, type UpdateInfo } from 'electron-updater/out/types.js';
import type { LibraryPackage, LibraryUpdater } from './library-updater.ts';

/**
 * Says what Minos has read and shown already. The library would read it anew, follow redirects, make an id of this computer and send it
 * along.
 */
class ShownVersion extends Provider<UpdateInfo> {
  readonly #file: LibraryPackage;

  constructor(file: LibraryPackage) {
    super({ isUseMultipleRangeRequest: false, platform: 'win32', executor: new ElectronHttpExecutor() });
    this.#file = file;
  }

  get info(): UpdateInfo {
    const { version, name, sha512, sizeBytes } = this.#file;
    const file = { url: name, sha512, size: sizeBytes };
    return { version, files: [file], path: name, sha512, releaseDate: '' };
  }

  getLatestVersion(): Promise<UpdateInfo> {
    return Promise.resolve(this.info);
  }

  resolveFiles({ files }: UpdateInfo): ResolvedUpdateFileInfo[] {
    return files.map((info) => ({ url: new URL(this.#file.name, this.#file.folder), info }));
  }
}

class WindowsUpdater extends NsisUpdater {
  wants(file: LibraryPackage): void {
    const provider = new ShownVersion(file);
    this.updateInfoAndProvider = { info: provider.info, provider };
  }
}

class MacOsUpdater extends MacUpdater {
  wants(file: LibraryPackage): void {
    const provider = new ShownVersion(file);
    this.updateInfoAndProvider = { info: provider.info, provider };
  }
}

/** The library's updater for a system; `app` stands in for Electron's in tests. */
export function newUpdater(
  platform: NodeJS.Platform,
  app?: ConstructorParameters<typeof NsisUpdater>[1],
): LibraryUpdater<CancellationToken> {
  return platform === 'darwin' ? new MacOsUpdater(undefined, app) : new WindowsUpdater(undefined, app);
}

/** What ends a download. */
export const newToken = (): CancellationToken => new CancellationToken();
