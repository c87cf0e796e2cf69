/** A package that the library is to fetch. */
export interface LibraryPackage {
  readonly version: string;
  readonly name: string;
  /** SHA-512 in base64. */
  readonly sha512: string;
  readonly sizeBytes: number;
  /** The folder it lies in, with a slash at its end. */
  readonly folder: string;
}

/** What Minos uses of an updater of electron-updater. `Token`: what ends a download. */
export interface LibraryUpdater<Token> {
  autoDownload: boolean;
  autoInstallOnAppQuit: boolean;
  autoRunAppAfterInstall: boolean;
  allowPrerelease: boolean;
  allowDowngrade: boolean;
  disableWebInstaller: boolean;
  disableDifferentialDownload: boolean;
  requestHeaders: Record<string, number | string | string[] | undefined> | null;
  logger: {
    info(message?: unknown): void;
    warn(message?: unknown): void;
    error(message?: unknown): void;
  } | null;
  /** The next download is of this package. */
  wants(file: LibraryPackage): void;
  /** Resolves with the paths of what was fetched. */
  downloadUpdate(token: Token): Promise<string[]>;
  quitAndInstall(isSilent?: boolean, isForceRunAfter?: boolean): void;
  on(event: 'download-progress', listener: (progress: { readonly transferred: number }) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(
    event: 'login',
    listener: (info: unknown, answer: (username?: string, password?: string) => void) => void,
  ): unknown;
}
