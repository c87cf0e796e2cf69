import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { DevTools } from './devtools.ts';
import { chromiumFlags } from './flags.ts';
import { guardProfile, keepStorage, makeProfile, profileEnvironment } from './profile.ts';

/** How long Chromium may take to write what pages keep and to leave when asked, before it is killed. */
const LEAVE_MS = 8000;

/** One running Chromium with a temporary profile; neither outlives this process. What pages keep is in the user data folder. */
export class Chromium {
  readonly devTools: DevTools;
  readonly version: string;
  readonly #child: ChildProcess;
  readonly #profile: string;
  readonly #userData: string;
  readonly #ended: Promise<string>;
  readonly #ownPages = new Set<string>();
  #opening: Promise<unknown> = Promise.resolve();
  #stopping = false;

  private constructor(parts: {
    readonly child: ChildProcess;
    readonly profile: string;
    readonly userData: string;
    readonly ended: Promise<string>;
    readonly tools: DevTools;
    readonly version: string;
  }) {
    this.#child = parts.child;
    this.#profile = parts.profile;
    this.#userData = parts.userData;
    this.#ended = parts.ended;
    this.devTools = parts.tools;
    this.version = parts.version;
  }

  /** With the switch `remote-debugging-port`, the line Playwright waits for (`DevTools listening on …`) is printed. */
  static async start(switches: ReadonlyMap<string, string>, userData: string): Promise<Chromium> {
    const profile = makeProfile(userData);
    const child = spawn(
      process.env['ELECTRON_STAND_IN_CHROMIUM'] ?? '/usr/bin/chromium',
      chromiumFlags(profile, switches),
      { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'], env: profileEnvironment(profile) },
    );
    const { stderr } = child;
    if (!stderr) throw new Error('Chromium has no stderr.');
    const log: string[] = [];
    const ended = new Promise<string>((resolve) => {
      child.once('error', (error) => {
        resolve(`Chromium did not start: ${error.message}`);
      });
      child.once('exit', (code, signal) => {
        resolve(`Chromium ended (${signal ?? String(code)}).\n${log.join('').slice(-2000)}`);
      });
    });
    const failed = ended.then((why) => Promise.reject(new Error(why)));
    failed.catch(() => {
      // Reported by whoever waits for the start; later, by onGone.
    });
    process.once('exit', () => {
      child.kill('SIGKILL');
      rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
    });
    if (child.pid !== undefined) guardProfile(profile, child.pid);
    stderr.on('data', (chunk: Buffer) => {
      log.push(chunk.toString());
      if (log.length > 50) log.shift();
      if (process.env['ELECTRON_STAND_IN_LOG']) process.stderr.write(chunk);
    });
    const address = switches.has('remote-debugging-port') ? debuggingAddress(stderr) : Promise.resolve('');
    const tools = new DevTools(child.stdio[3] as Writable, child.stdio[4] as Readable);
    const { product } = await Promise.race([tools.browser.send('Browser.getVersion'), failed]);
    const line = await Promise.race([address, failed]);
    if (line) process.stderr.write(`${line}\n`);
    return new Chromium({ child, profile, userData, ended, tools, version: product.replace(/^.*\//, '') });
  }

  /** A new window with an empty page; answers with the page's target. */
  async openPage(
    { width, height }: { readonly width: number; readonly height: number },
    browserContextId?: string,
  ): Promise<string> {
    const opening = this.devTools.browser.send('Target.createTarget', {
      url: 'about:blank',
      newWindow: true,
      width,
      height,
      ...(browserContextId !== undefined && { browserContextId }),
    });
    this.#opening = Promise.allSettled([this.#opening, opening]);
    const { targetId } = await opening;
    this.#ownPages.add(targetId);
    return targetId;
  }

  /** Storage of its own; it is gone with Chromium. */
  async createContext(): Promise<string> {
    const { browserContextId } = await this.devTools.browser.send('Target.createBrowserContext', {});
    return browserContextId;
  }

  /** Whether this process asked for the page; a page may be seen before the answer to the request for it. */
  async isOwnPage(targetId: string): Promise<boolean> {
    await this.#opening;
    return this.#ownPages.has(targetId);
  }

  /** Tells why, when Chromium ends without having been stopped. */
  onGone(listener: (why: string) => void): void {
    void this.#ended.then((why) => {
      if (!this.#stopping) listener(why);
    });
  }

  /** Ends Chromium and removes its profile. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.devTools.browser.tell('Browser.close');
    const late = setTimeout(() => this.#child.kill('SIGKILL'), LEAVE_MS);
    await this.#ended;
    clearTimeout(late);
    keepStorage(this.#profile, this.#userData);
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  }
}

/** The line `DevTools listening on ws://…`, as Chromium prints it. */
const debuggingAddress = (stderr: Readable): Promise<string> =>
  new Promise((resolve) => {
    let seen = '';
    stderr.on('data', (chunk: Buffer) => {
      if (seen.length > 100_000) return;
      seen += chunk.toString();
      const line = /^DevTools listening on ws:\/\/\S+/m.exec(seen);
      if (line) resolve(line[0]);
    });
  });
