import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chromium, type Browser, type Page } from 'playwright';
import { sandboxArguments } from '../runtime.ts';
import { homeEnvironment, temporaryHome, userDataOf, type TemporaryHome } from '../temporary-home.ts';
import type { Subject } from './measure.ts';
import { familyOf, type ProcessCost } from './process-cost.ts';

/** Main and the renderer that shows the page; everything else Chromium needs is in `others`. */
export interface Costs {
  readonly main: ProcessCost;
  readonly renderer: ProcessCost;
  readonly others: readonly ProcessCost[];
}

/**
 * Minos as a user starts it, in a home of its own: no inspector in main, only the page's debugging port, through which the
 * page is looked at. The caller closes it.
 */
export class StartedApp implements AsyncDisposable {
  readonly page: Page;
  /** When the process was started, epoch milliseconds. */
  readonly startedAtMs: number;
  readonly #child: ChildProcess;
  readonly #browser: Browser;
  readonly #home: TemporaryHome;

  private constructor(page: Page, startedAtMs: number, child: ChildProcess, browser: Browser, home: TemporaryHome) {
    this.page = page;
    this.startedAtMs = startedAtMs;
    this.#child = child;
    this.#browser = browser;
    this.#home = home;
  }

  static async start({ root, runtime }: Subject, args: readonly string[]): Promise<StartedApp> {
    const home = temporaryHome();
    const all = [
      ...sandboxArguments(),
      '--remote-debugging-port=0',
      `--user-data-dir=${userDataOf(home.path)}`,
      root,
      ...args,
    ];
    const startedAtMs = Date.now();
    const child = spawn(runtime.executablePath, all, {
      env: homeEnvironment(home.path),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const browser = await chromium.connectOverCDP(await debuggingAddress(child));
    const [context] = browser.contexts();
    if (context === undefined) throw new Error('the app has no browser context');
    const page = context.pages()[0] ?? (await context.waitForEvent('page'));
    await page.waitForURL((url) => url.protocol !== 'about:');
    return new StartedApp(page, startedAtMs, child, browser, home);
  }

  /** What its processes cost now. */
  costs(): Costs {
    const [main, ...rest] = familyOf(this.#child.pid ?? 0);
    // Chromium keeps a spare renderer; ours is the larger one.
    const [renderer] = rest
      .filter(({ command }) => command.includes('--type=renderer'))
      .sort((a, b) => b.pssMb - a.pssMb);
    if (main === undefined || renderer === undefined) throw new Error('the app is not running');
    return { main, renderer, others: rest.filter((each) => each !== renderer) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close();
    this.#child.kill('SIGTERM');
    if (this.#child.exitCode === null) await once(this.#child, 'exit');
    this.#home.remove();
  }
}

/** The line Chromium prints when its debugging port is open. */
function debuggingAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let seen = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      seen = (seen + chunk.toString()).slice(-10_000);
      const address = /^DevTools listening on (ws:\/\/\S+)/m.exec(seen)?.[1];
      if (address !== undefined) resolve(address);
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      reject(new Error(`the app ended with ${String(code)}\n${seen}`));
    });
  });
}
