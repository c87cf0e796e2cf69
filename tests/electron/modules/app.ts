import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { AppPaths } from './app-paths.ts';
import { CommandLine } from './command-line.ts';
import { PreventableEvent, recorded, runtime } from './runtime.ts';
import { SingleInstance } from './single-instance.ts';

export interface PackageJson {
  readonly name?: string;
  readonly productName?: string;
  readonly version?: string;
  readonly main?: string;
}

/** A scheme without `://`, as the system's registry of links wants it. */
function schemeOf(protocol: unknown): string {
  if (typeof protocol !== 'string') throw new TypeError('the scheme of a link is a string');
  if (!/^[a-z][a-z0-9+.-]*$/i.test(protocol)) throw new Error(`"${protocol}" is no scheme of links`);
  return protocol;
}

/** As Chromium passes them on: switches before all other words, which tears one from its value, and one of its own among them. */
function passedOn([program = '', ...words]: readonly string[]): readonly string[] {
  const end = words.indexOf('--');
  const isSwitch = (word: string, at: number): boolean => /^-./.test(word) && (end < 0 || at < end);
  const others = words.filter((word, at) => !isSwitch(word, at));
  return [program, ...words.filter(isSwitch), '--allow-file-access-from-files', ...others];
}

/** `app`: the life of the main process. */
class App extends EventEmitter {
  readonly commandLine = new CommandLine();
  readonly dock = undefined;
  isPackaged = false;
  applicationMenu: unknown = null;
  userAgentFallback = 'electron-stand-in';
  readonly #paths = new AppPaths(() => this.name);
  readonly #ready = Promise.withResolvers<void>();
  readonly #instance = new SingleInstance();
  readonly #afterReady: (() => void)[] = [];
  #package: PackageJson = {};
  #root = process.cwd();
  #name: string | undefined;
  #sandboxed = false;
  #exiting = false;
  #relaunch: readonly string[] | undefined;

  get name(): string {
    return this.#name ?? this.#package.productName ?? this.#package.name ?? 'Electron';
  }

  set name(name: string) {
    this.#name = name;
  }

  getName(): string {
    return this.name;
  }

  setName(name: string): void {
    this.#name = name;
  }

  getVersion(): string {
    return this.#package.version ?? '0.0.0';
  }

  getAppPath(): string {
    return this.#root;
  }

  getPath(name: string): string {
    return this.#paths.get(name);
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }

  setAppLogsPath(path?: string): void {
    this.#paths.set('logs', path ?? this.getPath('logs'));
  }

  getLocale(): string {
    return 'en-US';
  }

  /** Of a computer in Britain: what the region of one decides is not what its language does. */
  getSystemLocale(): string {
    return 'en-GB';
  }

  getPreferredSystemLanguages(): string[] {
    return ['en-US'];
  }

  isReady(): boolean {
    return runtime.ready;
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  enableSandbox(): void {
    if (runtime.ready) throw new Error('app.enableSandbox() can only be called before app is ready');
    this.#sandboxed = true;
  }

  /** Whether enableSandbox was called; for tests. */
  get standInSandboxed(): boolean {
    return this.#sandboxed;
  }

  disableHardwareAcceleration(): void {
    if (runtime.ready) throw new Error('app.disableHardwareAcceleration() can only be called before app is ready');
  }

  requestSingleInstanceLock(additionalData: unknown = {}): boolean {
    const me = { argv: passedOn(process.argv), workingDirectory: process.cwd(), additionalData };
    return this.#instance.request(this.getPath('userData'), me, (second) => {
      this.#whenRunning(() => {
        this.emit('second-instance', {}, second.argv, second.workingDirectory, second.additionalData);
      });
    });
  }

  hasSingleInstanceLock(): boolean {
    return this.#instance.held;
  }

  releaseSingleInstanceLock(): void {
    this.#instance.release();
  }

  setAsDefaultProtocolClient(protocol: string, path?: string, args?: readonly string[]): boolean {
    recorded.protocolClients.add(schemeOf(protocol));
    if (path !== undefined && typeof path !== 'string') throw new TypeError('the path of the program is a string');
    if (args !== undefined && !Array.isArray(args)) throw new TypeError('the arguments of the program are a list');
    return true;
  }

  removeAsDefaultProtocolClient(protocol: string): boolean {
    return recorded.protocolClients.delete(schemeOf(protocol));
  }

  isDefaultProtocolClient(protocol: string): boolean {
    return recorded.protocolClients.has(schemeOf(protocol));
  }

  setAppUserModelId(): void {
    // Windows only.
  }

  setAboutPanelOptions(): void {
    // There is no such panel here.
  }

  setBadgeCount(): boolean {
    return false;
  }

  focus(): void {
    [...runtime.windows.values()].at(-1)?.focus();
  }

  relaunch(options: { readonly args?: readonly string[] } = {}): void {
    this.#relaunch = options.args ?? process.argv.slice(1);
  }

  /** Asks every window to close; any of them may refuse. */
  quit(): void {
    if (this.#exiting) return;
    const before = new PreventableEvent();
    this.emit('before-quit', before);
    if (before.defaultPrevented) return;
    runtime.quitting = true;
    for (const window of [...runtime.windows.values()]) {
      window.close();
      if (window.isDestroyed()) continue;
      runtime.quitting = false;
      return;
    }
    const will = new PreventableEvent();
    this.emit('will-quit', will);
    runtime.quitting = false;
    if (!will.defaultPrevented) this.exit(0);
  }

  /** Ends without asking: windows are destroyed, `quit` is emitted, Chromium and its profile go. */
  exit(code = 0): void {
    if (this.#exiting) return;
    this.#exiting = true;
    runtime.quitting = true;
    for (const window of [...runtime.windows.values()]) window.destroy();
    this.emit('quit', {}, code);
    this.#instance.release();
    if (this.#relaunch) {
      spawn(process.argv[0] ?? '', this.#relaunch, { detached: true, stdio: 'inherit' }).unref();
    }
    const stopped = runtime.chromium?.stop() ?? Promise.resolve();
    void stopped.finally(() => process.exit(code));
  }

  get standInExiting(): boolean {
    return this.#exiting;
  }

  /** The stand-in's own start tells what application this is. */
  standInDescribe(root: string, description: PackageJson): void {
    this.#root = root;
    this.#package = description;
  }

  /** The stand-in's own start fires `ready`, after the main module has been evaluated. */
  standInBecomeReady(): void {
    runtime.ready = true;
    this.emit('will-finish-launching', {});
    this.#ready.resolve();
    this.emit('ready', {}, {});
    for (const run of this.#afterReady.splice(0)) run();
  }

  /** The last window has gone. Without a listener, Electron quits. */
  standInWindowAllClosed(): void {
    if (runtime.quitting) return;
    if (!this.emit('window-all-closed')) this.quit();
  }

  #whenRunning(run: () => void): void {
    if (runtime.ready) run();
    else this.#afterReady.push(run);
  }
}

export const app = new App();
