import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { _electron, type ConsoleMessage, type ElectronApplication, type Page } from 'playwright/test';
import { UNHANDLED } from '../../../main/app/unhandled-rejections.ts';
import { homeEnvironment, userDataOf } from '../../../scripts/temporary-home.ts';

export interface LaunchOptions {
  /** The app's own arguments, e.g. `['--demo']`. */
  readonly args?: readonly string[];
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** A home to start in; by default a new, empty one. */
  readonly home?: string;
}

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Main gives up after two seconds by itself, when nothing asks whether it may end. */
const MOST_MS_TO_END = 5_000;

/** Console messages that no test may cause. */
const VIOLATION = /content security policy|trusted ?types|trustedscript|refused to (load|execute|apply|connect|frame)/i;

/** One running Minos with its first window. */
export class RunningApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly home: string;
  /** What the page wrote with console.error. */
  readonly consoleErrors: string[] = [];
  /** What fails the test at its end: uncaught errors, policy violations, an exit code. A test may empty it. */
  readonly problems: string[] = [];
  readonly #stderr: string[];
  /** Playwright forgets it when it ends by itself. */
  readonly #process: ReturnType<ElectronApplication['process']>;
  #closed = false;

  private constructor(app: ElectronApplication, page: Page, home: string, stderr: string[]) {
    this.app = app;
    this.#process = app.process();
    this.page = page;
    this.home = home;
    this.#stderr = stderr;
  }

  static async start(home: string, { args = [], env = {} }: LaunchOptions): Promise<RunningApp> {
    const app = await _electron.launch({
      args: [`--user-data-dir=${userDataOf(home)}`, ROOT, ...args],
      cwd: home,
      env: { ...textOnly(homeEnvironment(home)), ...env },
      timeout: 30_000,
    });
    const stderr: string[] = [];
    app.process().stderr?.on('data', (chunk: Buffer) => stderr.push(chunk.toString()));
    const page = await app.firstWindow();
    const running = new RunningApp(app, page, home, stderr);
    running.#watch();
    // The window is seen before it has gone to its page.
    await page.waitForURL((url) => url.protocol !== 'about:');
    await page.waitForLoadState('load');
    return running;
  }

  /** Everything the main process has written to stderr. */
  get stderr(): string {
    return this.#stderr.join('');
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const child = this.#process;
    const exited = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : Promise.resolve();
    await this.app.close();
    await exited;
    const { exitCode, signalCode } = child;
    if (this.stderr.includes(UNHANDLED)) this.problems.push(`In main: ${this.stderr}`);
    if (exitCode !== 0) this.problems.push(`The app ended with ${signalCode ?? String(exitCode)}.`);
  }

  /** Ends it after a test that failed: what it was in the middle of, such as a deed, may ask whether to end, and nobody is there to answer. */
  async end(): Promise<void> {
    if (this.#closed) return;
    const before = [...this.problems];
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), MOST_MS_TO_END);
    await this.close().catch(() => undefined);
    clearTimeout(timer);
    // How it ended says nothing of why the test failed.
    if (this.#process.signalCode === 'SIGKILL') this.problems.splice(0, Infinity, ...before);
  }

  /** Ends it as a machine that loses its power does: nothing is said, written or closed. */
  async kill(): Promise<void> {
    this.#closed = true;
    const exited = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await exited;
  }

  #watch(): void {
    this.page.on('pageerror', (error) => this.problems.push(`Uncaught in the page: ${error.stack ?? error.message}`));
    this.page.on('crash', () => this.problems.push('The page crashed.'));
    this.page.on('console', (message: ConsoleMessage) => {
      if (message.type() !== 'error') return;
      this.consoleErrors.push(message.text());
      if (VIOLATION.test(message.text())) this.problems.push(`Policy violation: ${message.text()}`);
    });
  }
}

const textOnly = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
