import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { type Display, openDisplay } from './virtual-display.ts';

export const EXECUTABLE = fileURLToPath(new URL('electron', import.meta.url));
export const FIXTURE = fileURLToPath(new URL('fixture-app', import.meta.url));

/** A place for one test file: a display, and a temporary folder that is home and TMPDIR of what runs in it. */
export class Place {
  readonly #display: Display;
  readonly folder: string;
  readonly env: Record<string, string>;

  private constructor(display: Display, folder: string) {
    this.#display = display;
    this.folder = folder;
    this.env = {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      TMPDIR: folder,
      XDG_CONFIG_HOME: join(folder, 'config'),
      DISPLAY: display.name,
      XAUTHORITY: process.env['XAUTHORITY'] ?? join(process.env['HOME'] ?? '', '.Xauthority'),
    };
  }

  static async open(): Promise<Place> {
    return new Place(await openDisplay(), mkdtempSync(join(tmpdir(), 'si-')));
  }

  /** Profiles of Chromium that lie here. */
  profiles(): string[] {
    return readdirSync(this.folder).filter((name) => name.startsWith('electron-stand-in-'));
  }

  close(): void {
    this.#display.close();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

export interface RunningFixture {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly stderr: string[];
  close(): Promise<void>;
}

/** Starts the fixture application with Playwright and waits for its page. */
export async function startFixture({ env }: Place, args: readonly string[] = []): Promise<RunningFixture> {
  const app = await _electron.launch({ executablePath: EXECUTABLE, args: [FIXTURE, ...args], env });
  const stderr: string[] = [];
  app.process().stderr?.on('data', (chunk: Buffer) => stderr.push(chunk.toString()));
  const page = await app.firstWindow();
  await page.waitForURL((url) => url.protocol === 'https:');
  await page.waitForLoadState('load');
  const close = async (): Promise<void> => {
    const child = app.process();
    const exited = child.exitCode === null ? once(child, 'exit') : undefined;
    await app.close();
    await exited;
  };
  return { app, page, stderr, close };
}
